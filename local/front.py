"""The one port of the local cloud: every API under its path, and `/_local` to look inside and move time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from local.clock import BackwardsError, described
from local.cloud import Cloud
from local.identity import DEFAULT_LIFE, Person
from local.instants import parsed, text
from local.page import page

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LONGEST_LIFE = timedelta(days=3660)
"""Of a token one may ask for."""


class BadRequestError(Exception):
    """A body `/_local` cannot read; the message says why."""


def problem(status: int, code: str, title: str, **more: Any) -> Response:
    """A problem document (RFC 9457)."""
    document = {"type": "about:blank", "status": status, "code": code, "title": title, **more}
    return Response(json.dumps(document, ensure_ascii=False), status, content_type="application/problem+json")


def answer(document: Any, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(
        json.dumps(document, ensure_ascii=False, indent=1), status, content_type="application/json"
    )


class Front:
    """A WSGI application over a running cloud."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._local: dict[str, Callable[[Request], Response]] = {
            "GET clock": lambda _: answer(described(cloud.clock)),
            "POST clock": self._move,
            "POST token": self._token,
            "GET executions": lambda _: answer(self._executions()),
            "GET histories": lambda _: answer(self._histories()),
            "GET queues": lambda _: answer(self._queues()),
            "GET events": lambda _: answer(list(cloud.aws.events)),
            "GET access": lambda _: answer(self._access()),
            "GET aws": lambda _: answer({"endpoint": cloud.aws.url, "tables": cloud.tables_url}),
            "GET jwks.json": lambda _: answer(cloud.issuer.jwks()),
            "POST faults": self._faults,
            "POST sweep": self._sweep,
        }
        self._urls = Map(
            [
                Rule("/", endpoint="index"),
                Rule("/_local/<name>", endpoint="local"),
                Rule("/<api>/<stage>", endpoint="api", defaults={"rest": ""}),
                Rule("/<api>/<stage>/", endpoint="api", defaults={"rest": ""}),
                Rule("/<api>/<stage>/<path:rest>", endpoint="api"),
            ],
            strict_slashes=False,
            merge_slashes=False,
            redirect_defaults=False,
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        try:
            endpoint, values = self._urls.bind_to_environ(request.environ).match()
            if endpoint == "index":
                return Response(
                    page(self._cloud.gateway.apis, request.host_url, self._cloud.roles()),
                    content_type="text/html; charset=utf-8",
                )
            if endpoint == "local":
                return self._look(request, values["name"])
            api = self._cloud.gateway.apis.get(values["api"])
            if api is None or values["stage"] != api.stage:
                raise NotFound
            with self._cloud.clock.holding("request"):
                return self._cloud.gateway.answer(request, api, f"/{values['rest']}")
        except BackwardsError as error:
            return problem(409, "clock_goes_back", str(error), now=text(error.now))
        except (BadRequestError, ValueError) as error:
            return problem(400, "bad_request", str(error))
        except NotFound:
            known = [f"/{api.path}/{api.stage}/" for api in self._cloud.gateway.apis.values()]
            return problem(404, "no_such_path", f"Nothing answers at {request.path}.", known=known)
        except HTTPException as error:
            return problem(error.code or 500, "not_possible", error.description or error.name)

    def _look(self, request: Request, name: str) -> Response:
        handler = self._local.get(f"{request.method} {name}")
        if handler is None:
            methods = [known.split()[0] for known in self._local if known.split()[1] == name]
            raise MethodNotAllowed(methods) if methods else NotFound
        return handler(request)

    def _move(self, request: Request) -> Response:
        to = _body(request, {"to": str}, {"to"})["to"]
        self._cloud.deliver()
        fired = self._cloud.clock.advance(parsed(to))
        shown = [{"at": text(deadline.at), "what": deadline.name} for deadline in fired]
        return answer({**described(self._cloud.clock), "fired": shown})

    def _token(self, request: Request) -> Response:
        kinds = {
            "subject": str,
            "organisation": str,
            "roles": list,
            "mandates": list,
            "ministry": str,
            "expires_in": int,
        }
        given = _body(request, kinds, {"subject"})
        life = timedelta(seconds=given.get("expires_in", DEFAULT_LIFE.total_seconds()))
        if life > LONGEST_LIFE:
            raise BadRequestError(f"expires_in is at most {int(LONGEST_LIFE.total_seconds())} seconds.")
        person = Person(
            given["subject"],
            given.get("organisation", ""),
            tuple(given.get("roles", ())),
            tuple(given.get("mandates", ())),
            given.get("ministry"),
        )
        now = self._cloud.clock.now()
        token = self._cloud.issuer.sign(person, now, life)
        return answer(
            {"token": token, "expires": text(now + life), "header": f"Authorization: Bearer {token}"}, 201
        )

    def _faults(self, request: Request) -> Response:
        given = _body(request, {"duplicate": bool, "reorder": bool, "hold": bool, "seed": int}, set())
        self._cloud.faults.set(**given)
        self._cloud.deliver()
        return answer(given)

    def _sweep(self, _: Request) -> Response:
        self._cloud.sweep()
        return answer(described(self._cloud.clock))

    def _executions(self) -> list[dict[str, Any]]:
        states = self._cloud.states
        found = []
        for machine in self._cloud.machines.values():
            for execution in states.list_executions(stateMachineArn=machine)["executions"]:
                history = states.get_execution_history(executionArn=execution["executionArn"])["events"]
                entered = [
                    e["stateEnteredEventDetails"]["name"] for e in history if "stateEnteredEventDetails" in e
                ]
                found.append(
                    {
                        "execution": execution["executionArn"],
                        "name": execution["name"],
                        "status": execution["status"],
                        "state": entered[-1] if entered else None,
                        "path": entered,
                        "started": text(execution["startDate"]),
                    }
                )
        return found

    def _histories(self) -> dict[str, str]:
        """All that Step Functions keeps of each execution, as one text: inputs, outputs, causes."""
        states = self._cloud.states
        found = {}
        for machine in self._cloud.machines.values():
            for execution in states.list_executions(stateMachineArn=machine)["executions"]:
                arn = execution["executionArn"]
                kept = [states.describe_execution(executionArn=arn)]
                kept.append(states.get_execution_history(executionArn=arn, includeExecutionData=True))
                found[execution["name"]] = json.dumps(kept, ensure_ascii=False, default=str)
        return found

    def _queues(self) -> list[dict[str, Any]]:
        from moto.sqs.models import sqs_backends

        from local.template import ACCOUNT, REGION

        backend = sqs_backends[ACCOUNT][REGION]
        return [
            {
                "queue": queue.name,
                "waiting": backend.queues[queue.name].approximate_number_of_messages,
                "in_flight": backend.queues[queue.name].approximate_number_of_messages_not_visible,
                "messages": [message.body for message in backend.queues[queue.name].messages][:20],
            }
            for queue in self._cloud.queues.values()
        ]

    def _access(self) -> list[dict[str, Any]]:
        """What every role was allowed, refused and never used."""
        return [
            {
                "role": ledger.role,
                "used": [
                    f"{call.action} on {call.resource} ({count} times)"
                    for call, count in ledger.calls.items()
                ],
                "refused": [
                    f"{ledger.role} needs {call.action} on {call.resource}" for call in ledger.denied
                ],
                "never_used": [str(grant) for grant in ledger.unused()],
            }
            for ledger in self._cloud.ledgers.values()
        ]


def _body(request: Request, kinds: dict[str, type], required: set[str]) -> dict[str, Any]:
    """The JSON object of a request, with only these fields. Raises `BadRequestError`."""
    try:
        given = json.loads(request.get_data() or b"{}")
    except ValueError as error:
        raise BadRequestError(f"The body is not JSON: {error}.") from error
    if not isinstance(given, dict):
        raise BadRequestError("The body has to be a JSON object.")
    wrong = [name for name, value in given.items() if name not in kinds or not isinstance(value, kinds[name])]
    missing = sorted(required - set(given))
    if wrong or missing:
        fields = ", ".join(f"{name} ({kind.__name__})" for name, kind in kinds.items())
        raise BadRequestError(f"Wrong: {wrong}; missing: {missing}. The fields are {fields}.")
    return given
