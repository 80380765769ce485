"""The programming interface, /api/v1/: the same filter and services as the desk."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from yipanqi.delivery.api import (
    chains,
    claims,
    enterprises,
    files,
    hooks,
    investors,
    keys,
    leads,
    ledger,
    life,
    merging,
    money,
    problems,
    projects,
    registry,
    reviews,
    signals,
    transfers,
    whoami,
)


class Interface(NinjaAPI):
    """The description says what is sent: problems as problem+json, operations by short names."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The router's file and the function: "projects.advance"."""
        room = operation.view_func.__module__.rpartition(".")[2]
        return f"{room}.{operation.view_func.__name__}"

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The published description."""
        schema = super().get_openapi_schema(**options)
        for operation in (each for path in schema["paths"].values() for each in path.values()):
            operation["summary"] = operation.pop("description", operation["summary"])
            for status, answer in operation["responses"].items():
                if int(status) >= 400:  # noqa: PLR2004 -- an error
                    answer["content"] = {problems.MEDIA_TYPE: answer["content"]["application/json"]}
        return schema


api = Interface(
    title="一盘棋接口",
    version="1.0.0",
    description="与办公页面同一套权限与服务；金额单位为分；未知为 null。",
    auth=keys.AUTH,
    urls_namespace="api",
    docs_url=None,  # Swagger's page wants inline script, which the content policy forbids
)
problems.install(api)
registry.install(api)
api.add_router("", whoami.router, tags=["我"])
api.add_router("enterprises", enterprises.router, tags=["客商"])
api.add_router("", investors.router, tags=["客商"])
api.add_router("", merging.router, tags=["客商"])
api.add_router("chains", chains.router, tags=["产业链"])
api.add_router("signals", signals.router, tags=["信息"])
api.add_router("leads", leads.router, tags=["线索"])
api.add_router("claims", claims.router, tags=["线索"])
api.add_router("transfers", transfers.router, tags=["线索"])
api.add_router("projects", projects.router, tags=["项目"])
api.add_router("", life.router, tags=["项目"])
api.add_router("", money.router, tags=["项目"])
api.add_router("reviews", reviews.router, tags=["评审"])
api.add_router("registry", registry.router, tags=["登记数据"])
api.add_router("files", files.router, tags=["材料"])
api.add_router("hooks", hooks.router, tags=["推送"])
api.add_router("ledger", ledger.router, tags=["台账"])
