"""The programming interface, /api/v1/: the same filter and services as the desk."""

from ninja import NinjaAPI

from yipanqi.delivery.api import (
    chains,
    enterprises,
    keys,
    leads,
    ledger,
    problems,
    projects,
    whoami,
)

api = NinjaAPI(
    title="一盘棋接口",
    version="1.0.0",
    description="与办公页面同一套权限与服务；金额单位为分；未知为 null。",
    auth=keys.AUTH,
    urls_namespace="api",
    docs_url=None,  # Swagger's page wants inline script, which the content policy forbids
)
problems.install(api)
api.add_router("", whoami.router, tags=["我"])
api.add_router("enterprises", enterprises.router, tags=["客商"])
api.add_router("chains", chains.router, tags=["产业链"])
api.add_router("leads", leads.router, tags=["线索"])
api.add_router("projects", projects.router, tags=["项目"])
api.add_router("ledger", ledger.router, tags=["台账"])
