"""A language model behind an OpenAI-compatible endpoint, which phrases questions and reads answers.

Off unless the host sets THAW_LLM_URL (such as http://localhost:8000/v1) and THAW_LLM_MODEL, and
THAW_LLM_KEY where the endpoint asks for one. It only puts words into other words: what is asked and
what an answer does is worked out here, and everything works without it.
"""

import json
import os
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.error import HTTPError

from recsys.errors import ThawError

URL, MODEL, KEY = "THAW_LLM_URL", "THAW_LLM_MODEL", "THAW_LLM_KEY"
TIMEOUT = 8.0
"""Seconds; after these the words stay as they are."""
LONGEST = 500
"""Letters of an answer that are kept."""

ASK = (
    "Rephrase this question of a recommender as one short, friendly sentence. Keep every title and"
    " both choices. Answer with the question only."
)
READ = (
    "Rewrite what this visitor says about what they want to see as a few plain phrases, each wish"
    " apart, refusals as 'no ...', more or less of something as 'more ...' or 'less ...'. Keep"
    " titles, names, years and words such as 'this' or 'that director'. Add nothing. Answer with"
    " the phrases only."
)


class EndpointError(ThawError):
    """The endpoint cannot be asked, or does not answer as it should."""


@dataclass(frozen=True)
class Endpoint:
    """Where to ask; ``url`` ends before /chat/completions."""

    url: str
    model: str
    key: str = field(default="", repr=False)

    def phrased(self, question: str) -> str:
        """The question in other words; raises EndpointError."""
        return self._asked(ASK, question)

    def read(self, words: str) -> str:
        """What a visitor said as plain phrases; raises EndpointError."""
        return self._asked(READ, words)

    def _asked(self, task: str, words: str) -> str:
        messages = [{"role": "system", "content": task}, {"role": "user", "content": words}]
        body = json.dumps({"model": self.model, "messages": messages, "temperature": 0}).encode()
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        address = f"{self.url}/chat/completions"
        request = urllib.request.Request(address, body, headers)  # noqa: S310 (the host's own)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                said = json.load(answer)["choices"][0]["message"]["content"].strip()
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            if isinstance(error, HTTPError):
                error.close()
            raise EndpointError(
                f"The language model at {self.url} did not answer as it should"
                f" ({type(error).__name__}); what is said is taken as it is."
            ) from error
        if not said:
            raise EndpointError(f"The language model at {self.url} answered with nothing.")
        return str(said[:LONGEST])


def configured(environment: Mapping[str, str] = os.environ) -> Endpoint | None:
    """The endpoint that the host has set; None where it has set none.

    Raises EndpointError for an address that is not http or https, or has no model beside it.
    """
    url, model = environment.get(URL, "").rstrip("/"), environment.get(MODEL, "")
    if not url:
        return None
    if not url.startswith(("http://", "https://")) or not model:
        raise EndpointError(
            f"{URL} is {url!r} and {MODEL} {model!r}: the first must begin with http:// or https://,"
            " the second name a model."
        )
    return Endpoint(url, model, environment.get(KEY, ""))
