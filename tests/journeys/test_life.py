"""A project's life in a browser: a gate refused, a waiver, a verification, an end."""

import pytest
from tests import cast
from tests.domain.projects.road import change, make_signable

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_gate_is_refused_then_waived_then_verified_and_the_project_ends(at_desk):
    clerk = at_desk("clerk_a")
    project = cast.project()
    make_signable(project)
    change(project, fixed_investment_fen=None)
    there = f"/projects/{project.public_id}/"

    clerk.goto(there)
    clerk.click("button:text-is('进入签约')")
    assert "没有进入下一阶段：还差 1 项" in clerk.inner_text("main")

    arbiter = at_desk("arbiter")
    arbiter.goto(there)
    arbiter.click("section:has(#h-step-signed) a:text-is('豁免')")
    arbiter.fill("[name=reason]", "市政府专题会议纪要〔2018〕5号")
    arbiter.fill("[name=until]", "2099-12-31")
    arbiter.click("button:text-is('豁免')")
    assert "已豁免，不算满足" in arbiter.inner_text("main")

    clerk.goto(there)
    clerk.click("button:text-is('进入签约')")
    assert "待核验：进入签约" in clerk.inner_text("main")
    assert clerk.locator("button:text-is('核验通过')").count() == 0

    city = at_desk("dispatcher")
    city.goto("/projects/verifications/")
    city.click(f"a:text-is('{project.name}')")
    city.click("button:text-is('核验通过')")
    assert "已核验，计入" in city.inner_text("main")
    city.goto("/projects/verifications/")
    assert "没有待您核验的阶段变动" in city.inner_text("main")

    city.goto(there)
    city.click("a:text-is('终止履约')")
    city.fill("[name=because]", "双方协商解除")
    city.click("button:text-is('终止履约')")
    assert "解除" in city.inner_text(".alert")
