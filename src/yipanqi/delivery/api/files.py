"""Evidence files, taken out one by one; each taking is in the ledger."""

from django.http import FileResponse, Http404
from ninja import Path, Router

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import PublicId
from yipanqi.domain.evidence import queries
from yipanqi.domain.evidence.services import storing
from yipanqi.vocab.actors import require

router = Router()
_BYTES = {
    "responses": {
        200: {
            "description": "文件内容",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    }
}


@router.get("{public_id}", response=RESPONSES, openapi_extra=_BYTES)
def download(request: ApiRequest, public_id: Path[PublicId]) -> FileResponse:
    """下载一份佐证材料；每次下载记入台账。"""
    file = found(queries.find(public_id, seen_by=request.auth))
    require(request.auth, "evidence.download", doing="下载佐证材料")
    try:
        content = queries.location(file).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    storing.record_download(file, by=request.auth)
    # Never shown in place, whatever it says it is: it came from outside.
    response = FileResponse(content, as_attachment=True, filename=file.name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response
