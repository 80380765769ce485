# Every verb a developer or operator needs; `make help` prints them.
PYTHON ?= python3
PY = .venv/bin/python
RUN = .venv/bin
REGISTRY ?=
PACK ?= packs/changsha

.DEFAULT_GOAL := help
.PHONY: help run dev demo test quick check format lint types contracts templates migrations deploy licences \
        reference docs packs catalogue tests tests-sqlite tests-postgres test-spark browser city events env rules house \
        bench messages lock fix serve clean

help: ## 列出所有命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

# ---------------------------------------------------------------- 运行

run: ## 准备运行环境：依赖、前端资源、译文（第二次只需几秒）
	@$(PYTHON) scripts/bootstrap.py run

dev: ## 准备开发环境：另加检查与测试工具
	@$(PYTHON) scripts/bootstrap.py dev

# REGISTRY 原样交给 shell：通配符会展开，多个路径以空格分开，含空格的路径再加一层引号。
demo: run ## 演示：make demo 或 make demo REGISTRY="路径 ..."（CSV、XLSX、Parquet）
	@exec $(RUN)/yipanqi demo $(REGISTRY)

serve: run ## 只启动网站与后台任务
	@exec $(RUN)/yipanqi serve

city: run ## 载入或更新城市规则包
	$(RUN)/yipanqi city load $(PACK)

# ---------------------------------------------------------------- 检验

test: check tests ## 全部检查与测试：SQLite、PostgreSQL、浏览器

check: dev ## 格式、静态检查、类型、架构、模板、迁移、许可、文档、规则包、译文
	@$(MAKE) --no-print-directory -k format lint types contracts templates migrations deploy licences \
	  reference packs catalogue docs

quick: dev ## 几秒钟：下层测试、静态检查、架构
	$(RUN)/ruff check .
	$(RUN)/lint-imports
	$(RUN)/pytest -q tests/vocab tests/rulebook

format:
	$(RUN)/ruff format --check .

lint:
	$(RUN)/ruff check .

types:
	$(RUN)/mypy

contracts:
	$(RUN)/lint-imports

templates:
	$(RUN)/djlint --lint --quiet src

migrations:
	$(PY) manage.py makemigrations --check --dry-run

deploy: # 生产设置下 Django 自己的检查，一条警告也不放过
	YIPANQI_HTTPS=yes $(PY) manage.py check --deploy --fail-level WARNING

licences:
	$(PY) scripts/licences.py

reference:
	$(PY) scripts/reference.py --check

packs:
	$(RUN)/yipanqi pack check $(PACK)

catalogue:
	$(PY) scripts/catalogue.py check

docs: ## 生成文档网站到 site/，链接断了就失败
	NO_MKDOCS_2_WARNING=1 $(RUN)/mkdocs build --strict

tests: dev browser tests-sqlite tests-postgres

browser: # 浏览器测试用的 Chromium：已装的，否则 npm 带的
	@$(PY) scripts/chromium.py

tests-sqlite: ## 全部测试，数据库用 SQLite 文件
	env -u DATABASE_URL $(RUN)/pytest -n 2

tests-postgres: ## 需要数据库的测试，用真正的 PostgreSQL 再来一遍
	$(PY) scripts/postgres.py $(RUN)/pytest -n 2 --only-database \
	  || { code=$$?; [ $$code -eq 69 ] && [ "$$CI" != true ] && echo "跳过 PostgreSQL 测试，原因见上" || exit $$code; }

# pyspark 近 500 MB，只有这一项用它，所以不在 dev 里。
test-spark: dev ## 同一流水线在 DuckDB 与 Spark（本机一主二从）上逐行相同
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	$(PY) scripts/spark.py $(RUN)/pytest -q -n 0 tests/spark

bench: dev ## 性能基准：导入与台账
	$(PY) bench/ingest.py
	$(PY) bench/ledger.py

# ---------------------------------------------------------------- 查看与整理

events: ## 打印所有事件
	@$(PY) scripts/reference.py events

env: ## 打印所有设置
	@$(PY) scripts/reference.py settings

rules: ## 打印生效规则的目录
	@$(PY) scripts/reference.py sheets

house: ## 重画各层各室的依赖图
	$(PY) scripts/reference.py

messages: ## 提取待译文字到英文译文表
	$(PY) scripts/catalogue.py extract

fix: ## 自动整理格式
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

lock: ## 重新解析并锁定依赖
	scripts/lock.sh

clean: ## 删除环境与生成物（数据目录 var 不动）
	rm -rf .venv node_modules tests/browser/node_modules site src/yipanqi/delivery/desk/static/desk/dist
