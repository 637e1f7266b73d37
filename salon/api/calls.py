"""How a call of the API is declared: what it takes, what it gives, what it refuses by."""

from typing import Any

from flask_smorest import Blueprint

from .problems import PROBLEM_JSON, BodyParser, ProblemSchema

PROBLEMS = {
    400: "The request can't be read.",
    401: "Nobody is known by this token.",
    403: "The user may not do this.",
    404: "There is no such thing.",
    409: "The state of the salon refuses it.",
    422: "A value can't be so.",
}


class Calls(Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """The calls about one subject, under /api/v1."""

    ARGUMENTS_PARSER = BodyParser()

    def __init__(self, subject: str, module: str) -> None:
        super().__init__(f"api_{subject}", module, url_prefix="/api/v1")

    def answers(self, status: int, schema: type[Any], *refusals: int) -> Any:
        """Document and shape the answer of a call, with the problems it may refuse by."""

        def declare(view: Any) -> Any:
            for refusal in (401, 403, *refusals):
                view = self._refuses(refusal)(view)
            return self.response(status, schema)(view)

        return declare

    def takes(self, schema: type[Any], location: str = "json") -> Any:
        """The arguments of a call; a body that is no JSON is a problem too."""

        def declare(view: Any) -> Any:
            if location == "json":
                view = self._refuses(400)(view)
            return self.arguments(schema(), location=location)(view)

        return declare

    def _refuses(self, status: int) -> Any:
        return self.alt_response(status, schema=ProblemSchema, content_type=PROBLEM_JSON, description=PROBLEMS[status])
