"""The one address that is not for people: the office brings its batch, and takes the answers back in the same breath."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from jemput.domain.problems import Refused
from jemput.public import taking
from jemput.public.guard import plain
from jemput.public.opened import now

BATCH = "application/vnd.jemput.batch"


@csrf_exempt  # a batch is known by its signature; a browser cannot make one
def exchange(request: HttpRequest) -> HttpResponseBase:
    """Take a batch of the office and give the answers that wait; refused in words, in both languages."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    moment = now()
    try:
        taking.take(settings.PUBLIC_HOME, request.body, now=moment)
        data = taking.give(settings.PUBLIC_HOME, now=moment)
    except Refused as refused:
        problem = refused.problems[0]
        said = "\n".join(f"{problem.reason(language)} {problem.todo(language)}" for language in ("id", "en"))
        return plain(f"{problem.kind.code}\n{said}", 409)
    return HttpResponse(data, content_type=BATCH)
