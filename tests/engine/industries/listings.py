"""A made-up list of listed companies and a graph of their products, in an operator's layout."""

import csv
from collections.abc import Sequence
from pathlib import Path

TRADES = {
    "61": ("建筑材料", "水泥", ("水泥", "熟料", "商品混凝土", "石灰石")),
    "64": ("机械设备", "机床", ("数控机床", "磨床", "铣床", "刀具")),
    "37": ("医药生物", "制药", ("片剂", "胶囊", "注射液", "原料药")),
    "48": ("银行", "银行", ("吸收公众存款", "发放贷款", "结算", "票据贴现")),
}
_BRANDS = "安百长德恩丰广海华嘉金康联明南平"


def write(folder: Path, *, brands: str = _BRANDS) -> tuple[Path, Path]:
    """One company per brand and trade; the files the command takes: list and graph folder."""
    listed, owned, made = [], [], []
    for number, (brand, code) in enumerate((one, code) for one in brands for code in TRADES):
        _, trade, products = TRADES[code]
        ticker = f"{number:06}"
        turned = [*products[number % 4 :], *products[: number % 4]]
        listed.append(
            (
                f"{ticker}.SH",
                f"{brand}和{trade}股份有限公司",
                f"{code}0101",
                f"{'、'.join(turned[:3])}的经营；技术服务；依法须经批准的项目除外",
            )
        )
        owned.append((f"{ticker}SH", f"{code}0101"))
        made.extend((f"{ticker}SH", one) for one in turned[1:])
    graph = folder / "graph"
    graph.mkdir(parents=True)
    head = ("ts_code", "fullname", "sw_industry_code", "business_scope")
    file = _write(folder / "listed.csv", head, listed)
    _write(graph / "ckg_company_industry.csv", ("company_id", "industry_code"), owned)
    _write(graph / "ckg_company_product.csv", ("company_id", "product"), made)
    classes = [(f"{code}0000", name) for code, (name, _, _) in TRADES.items()]
    _write(graph / "ckg_industry.csv", ("code", "name"), classes)
    return file, graph


def _write(file: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        writer.writerows(rows)
    return file
