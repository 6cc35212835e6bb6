"""``HEAD`` is ``GET`` without the body (RFC 9110, 9.3.2): monitors ask so whether a page is there."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Head:
    """Answers ``HEAD`` where there is a ``GET``, and ends the answer with its headers.

    The HTTP server would leave the body out too, but wait for its end: that of a stream of events comes with
    that of its run, and so long nothing else is answered on the connection.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        inner = {**scope, "method": "GET"}

        async def headers_alone(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)
                # From now on the server tells whoever makes a body that nobody receives it.
                await send({"type": "http.response.body"})

        try:
            await self._app(inner, receive, headers_alone)
        finally:
            # The log asks which route it was.
            scope.update({**inner, "method": "HEAD"})
