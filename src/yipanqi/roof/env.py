"""The environment, read once: each setting an operator may give, its default and meaning."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path


class EnvError(Exception):
    """A setting is missing or malformed; the start stops with this sentence."""


def _setting(default: str, says: str) -> str:
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True, slots=True)
class Env:
    """What the operator decides: each field is YIPANQI_<NAME>, or `<NAME>_FILE` names a file."""

    home: str = _setting("var", "数据目录：数据库、佐证材料、登记数据、密钥都在其下")
    database_url: str = _setting(
        "", "PostgreSQL 地址 postgresql://用户:口令@主机/库；空则用数据目录里的 SQLite"
    )
    secret_key: str = _setting("", "会话与签名用的密钥；空则在数据目录生成并保存")
    debug: str = _setting("no", "yes 时显示出错细节，只用于开发")
    hosts: str = _setting("127.0.0.1,localhost", "允许的主机名，逗号分隔")
    origins: str = _setting("", "反向代理后的完整来源，如 https://board.example.gov.cn，逗号分隔")
    https: str = _setting("no", "yes 时只走 HTTPS，Cookie 加 Secure，启用 HSTS")
    city_pack: str = _setting("packs/changsha", "城市规则包目录")
    digest: str = _setting("sha256", "台账摘要算法：sha256 或 sm3")
    require_totp: str = _setting("yes", "yes 时登录必须绑定动态口令（TOTP）")
    session_minutes: str = _setting("60", "无操作多少分钟后需重新登录")
    clamd_socket: str = _setting("", "clamd 的 UNIX 套接字；空则不做病毒扫描")
    heads_file: str = _setting("", "封存后把台账头另存到此文件（宜在别的磁盘）")
    email_url: str = _setting("", "发信服务器，如 smtp://用户:口令@主机:587；空则写入数据目录")
    webhook_origins: str = _setting(
        "", "允许推送（webhook）发往的来源，如 https://hub.example.gov.cn，逗号分隔；空则不能推送"
    )
    memory: str = _setting(
        "1500MB", "研判每个连接最多占用的内存，如 1500MB；全国三千万家企业宜设 5GB"
    )
    log_level: str = _setting("INFO", "日志级别")

    @property
    def home_dir(self) -> Path:
        """The data directory, absolute."""
        return Path(self.home).resolve()

    def on(self, name: str) -> bool:
        """Whether a yes/no setting is yes."""
        return str(getattr(self, name)).lower() in {"yes", "true", "1", "on"}


def _env_name(name: str) -> str:
    # DATABASE_URL is what every host and CI already calls it.
    return "DATABASE_URL" if name == "database_url" else f"YIPANQI_{name.upper()}"


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Read the environment. Raises EnvError with a sentence when a value cannot be used."""
    values = {}
    for each in fields(Env):
        name = _env_name(each.name)
        if path := environ.get(f"{name}_FILE"):
            try:
                values[each.name] = Path(path).read_text("utf-8").strip()
            except OSError as error:
                raise EnvError(
                    f"{name}_FILE 指向的文件读不到：{path}（{error.strerror}）"
                ) from error
        elif name in environ:
            values[each.name] = environ[name]
    env = Env(**values)
    _check(env)
    return env


def _check(env: Env) -> None:
    for name in ("debug", "https", "require_totp"):
        if str(getattr(env, name)).lower() not in {
            "yes",
            "no",
            "true",
            "false",
            "1",
            "0",
            "on",
            "off",
        }:
            raise EnvError(f"{_env_name(name)} 只能是 yes 或 no，现在是“{getattr(env, name)}”")
    if not re.fullmatch(r"[1-9][0-9]{0,6}(MB|GB)", env.memory):
        raise EnvError(f"YIPANQI_MEMORY 应写成 1500MB 或 5GB 这样，现在是“{env.memory}”")
    if env.digest not in {"sha256", "sm3"}:
        raise EnvError(f"YIPANQI_DIGEST 只能是 sha256 或 sm3，现在是“{env.digest}”")
    if not env.session_minutes.isdigit() or not int(env.session_minutes):
        raise EnvError(f"YIPANQI_SESSION_MINUTES 应为正整数（分钟），现在是“{env.session_minutes}”")
    if env.database_url and not env.database_url.startswith(("postgres://", "postgresql://")):
        raise EnvError("DATABASE_URL 只支持 postgresql://；不填则用 SQLite")


def kept_secret(env: Env) -> str:
    """The secret key: as given, else the one kept in the data directory, made on first start."""
    if env.secret_key:
        return env.secret_key
    path = env.home_dir / "secret_key"
    try:
        return path.read_text("utf-8").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(64)
        # O_EXCL: two processes starting at once must agree on one key.
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(made)
        except FileExistsError:
            return path.read_text("utf-8").strip()
        return made


def table() -> str:
    """The settings as a Markdown table, for `make env` and the docs page."""
    rows = [
        f"| `{_env_name(f.name)}` | `{f.default or '—'}` | {f.metadata['says']} |"
        for f in fields(Env)
    ]
    return "\n".join(["| 变量 | 默认 | 含义 |", "|---|---|---|", *rows]) + "\n"
