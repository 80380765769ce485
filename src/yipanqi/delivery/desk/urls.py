"""Every address of the desk; one line names the screen."""

from django.urls import include, path, register_converter
from django.views.i18n import set_language

from yipanqi.delivery.desk import addresses
from yipanqi.delivery.desk.audit import export
from yipanqi.delivery.desk.chains import (
    atlas,
    catalogue,
    comparison,
    disputes,
    proposals,
    roll,
    target,
    targets,
    track,
    trends,
)
from yipanqi.delivery.desk.home import today
from yipanqi.delivery.desk.investors import (
    account_managers,
    claiming,
    contacts,
    interactions,
    known,
    library,
    plans,
    profile,
    registry,
    merging,
)
from yipanqi.delivery.desk.leads import filings, keeping, matter, rulings, transfers
from yipanqi.delivery.desk.ledger import register, timeline
from yipanqi.delivery.desk.projects import (
    board,
    files,
    founding,
    portfolio,
    progress,
    record,
    sections,
)
from yipanqi.delivery.desk.reports import shelf
from yipanqi.delivery.desk.search import registered, results
from yipanqi.delivery.desk.studies import runs, study

for name, converter in addresses.CONVERTERS.items():
    register_converter(converter, name)

app_name = "desk"
urlpatterns = [
    path("", today.show, name="today"),
    path("language/", addresses.for_everybody(set_language), name="language"),
    path("search/", results.show, name="search"),
    path("search/suggestions/", results.suggest, name="suggestions"),
    path("registry/<slug:registry_id>/", registered.show, name="registered"),
    path("registry/<slug:registry_id>/take-in/", registered.take_in, name="registered-take-in"),
    path("chains/", catalogue.show, name="chains"),
    path("chains/track-records/", track.show, name="track-records"),
    path("chains/comparison/", comparison.show, name="comparison"),
    path("chains/comparison/<slug:kind>/", comparison.take, name="comparison-take"),
    path("chains/disputes/", disputes.show, name="disputes"),
    path("chains/disputes/<public:public_id>/", disputes.answer, name="dispute-answer"),
    path("chains/proposals/<public:public_id>/accept/", proposals.accept, name="proposal-accept"),
    path("chains/proposals/<public:public_id>/reject/", proposals.reject, name="proposal-reject"),
    path("chains/targets/<public:public_id>/", target.show, name="target"),
    path("chains/targets/<public:public_id>/check/", target.check, name="target-check"),
    path("chains/targets/<public:public_id>/answer/", target.answer, name="target-answer"),
    path("chains/answers/<public:public_id>/withdraw/", target.withdraw, name="answer-withdraw"),
    path("chains/runs/", runs.show, name="runs"),
    path("chains/runs/start/", runs.start, name="run-start"),
    path("chains/runs/<public:public_id>/", runs.one, name="run"),
    path("chains/runs/<public:public_id>/cancel/", runs.cancel, name="run-cancel"),
    path("chains/runs/<public:public_id>/resume/", runs.resume, name="run-resume"),
    path("chains/studies/<public:public_id>/", study.show, name="study"),
    path("chains/studies/<public:public_id>/recount/", study.recount, name="recount"),
    path("chains/reports/", shelf.show, name="reports"),
    path("chains/reports/city/", addresses.for_everybody(shelf.take_city), name="report-city"),
    path("chains/reports/bind/", addresses.for_everybody(shelf.bind), name="report-bind"),
    path("chains/reports/book/", addresses.for_everybody(shelf.take_book), name="report-book"),
    path(
        "chains/<slug:code>/report/",
        addresses.for_everybody(shelf.take_chain),
        name="report-chain",
    ),
    path("chains/<slug:code>/", atlas.show, name="chain"),
    path("chains/<slug:code>/proposals/", proposals.show, name="proposals"),
    path("chains/<slug:code>/targets/", targets.show, name="targets"),
    path("chains/<slug:code>/trends/", trends.show, name="trends"),
    path("chains/<slug:code>/links/<slug:link>/", atlas.show, name="link"),
    path("chains/<slug:code>/links/<slug:link>/enterprises/", roll.show, name="roll"),
    path("chains/<slug:code>/links/<slug:link>/dispute/", disputes.raise_one, name="dispute"),
    path("targets/<public:public_id>/take-in/", targets.take_in, name="take-in"),
    path("investors/", library.show, name="investors"),
    path("investors/new/", library.register, name="investor-new"),
    path("investors/leads/", filings.show, name="leads"),
    path("investors/leads/<public:public_id>/", matter.show, name="lead"),
    path("investors/leads/<public:public_id>/release/", matter.release, name="lead-release"),
    path("investors/leads/<public:public_id>/renew/", keeping.renew, name="lead-renew"),
    path("investors/leads/<public:public_id>/contest/", keeping.contest, name="lead-contest"),
    path(
        "investors/leads/<public:public_id>/contests/<public:contest_id>/",
        keeping.answer,
        name="contest-answer",
    ),
    path("investors/leads/<public:public_id>/transfer/", transfers.propose, name="transfer-new"),
    path("investors/transfers/", transfers.listing, name="transfers"),
    path("investors/transfers/<public:public_id>/", transfers.show, name="transfer"),
    path(
        "investors/transfers/<public:public_id>/accept/", transfers.accept, name="transfer-accept"
    ),
    path(
        "investors/transfers/<public:public_id>/decline/",
        transfers.decline,
        name="transfer-decline",
    ),
    path("investors/leads/<public:public_id>/project/", founding.show, name="project-new"),
    path("investors/contacts/<public:public_id>/reveal/", contacts.reveal, name="reveal"),
    path("investors/interactions/<public:public_id>/step/", interactions.close, name="step-close"),
    path("investors/plans/<public:public_id>/", plans.hold, name="plan"),
    path("investors/plans/<public:public_id>/cancel/", plans.cancel, name="plan-cancel"),
    path("investors/ranks/<public:public_id>/withdraw/", known.unrank, name="unrank"),
    path("investors/traits/<public:public_id>/withdraw/", known.withdraw, name="trait-withdraw"),
    path("investors/<public:public_id>/", profile.show, name="investor"),
    path("investors/<public:public_id>/group/", registry.group, name="investor-group"),
    path("investors/<public:public_id>/manager/", account_managers.appoint, name="manager"),
    path("investors/<public:public_id>/plans/", plans.plan, name="plan-new"),
    path("investors/<public:public_id>/ranks/", known.rank, name="rank"),
    path("investors/<public:public_id>/refresh/", registry.refresh, name="investor-refresh"),
    path("investors/<public:public_id>/traits/", known.note, name="trait"),
    path("investors/<public:public_id>/contacts/", contacts.add, name="contact-new"),
    path("investors/<public:public_id>/interactions/", interactions.log, name="interaction-new"),
    path("investors/<public:public_id>/claim/", claiming.show, name="claim"),
    path("investors/<public:public_id>/claim/likely/", claiming.likely, name="claim-likely"),
    path("rulings/", rulings.show, name="rulings"),
    path("rulings/<public:public_id>/", rulings.rule, name="rule"),
    path("projects/", portfolio.show, name="projects"),
    path("projects/board/", board.show, name="board"),
    path("projects/board/<public:public_id>/<slug:to>/", board.advance, name="board-advance"),
    path("investors/mergings/<public:public_id>/undo/", merging.undo, name="unmerge"),
    path("projects/<public:public_id>/", record.show, name="project"),
    path("investors/<public:public_id>/merge/", merging.choose, name="investor-twins"),
    path(
        "investors/<public:public_id>/merge/<public:other_id>/",
        merging.merge,
        name="investor-merge",
    ),
    path("projects/<public:public_id>/edit/<slug:section>/", sections.edit, name="project-edit"),
    path("projects/<public:public_id>/advance/<slug:to>/", progress.advance, name="advance"),
    path("projects/<public:public_id>/files/", files.attach, name="attach"),
    path("files/<public:public_id>/", files.download, name="file"),
    path("ledger/", register.show, name="ledger"),
    path("ledger/<slug:room>/<public:public_id>/", timeline.show, name="timeline"),
    path("audit/export/", export.show, name="exports"),
    path("audit/export/<slug:code>/", addresses.for_everybody(export.take), name="export"),
    path("people/", include("yipanqi.delivery.desk.people.urls")),
]
