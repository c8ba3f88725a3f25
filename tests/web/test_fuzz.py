"""Requests at random, always the same ones: whatever is sent, no fault answers."""

import random
import time
from collections import Counter

from flask import Flask

from tests.browser import Browser
from tests.web.addresses import Form, Refs, address, forms
from tests.web.filling import Typed, answered, choice_fields, day_fields, number_fields
from tests.web.hostile import CHOICES, DAYS, NUMBERS, STRANGE_NAMES, TEXTS

SEED = 20_261_122
REQUESTS = 1_500
#: A slow machine asks fewer; fewer than this would say little.
SECONDS = 15
AT_LEAST = 300
LEAST_KINDS = {200, 302, 404, 405, 409, 422}
#: These end the sign-in, and the rest would only meet a closed door.
CALM = {"accounts.change_password", "accounts.sign_out"}


class Fuzzer:
    """Somebody who knows every form, and answers like a cat on the keyboard."""

    def __init__(self, app: Flask, browser: Browser, refs: Refs) -> None:
        self.dice = random.Random(SEED)  # noqa: S311 - repeatable, not secret
        self.browser = browser
        self.rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in CALM]
        self.refs = refs
        self.forms = {
            form: self._learn(form) for form in forms(app, refs) if form.endpoint not in CALM
        }
        self.fields = sorted({name for data, _ in self.forms.values() for name in data})

    def _learn(self, form: Form) -> tuple[Typed, dict[str, list[str]]]:
        page = self.browser.open(form.url)
        wild = {name: list(TEXTS.values()) for name in answered(page)}
        wild |= {name: list(NUMBERS) for name in number_fields(page)}
        wild |= {name: list(DAYS) for name in day_fields(page)}
        wild |= {name: [*CHOICES, *offered] for name, offered in choice_fields(page).items()}
        # Handing the device over ends the sign-in, and is a test of its own.
        wild["handing"] = [choice for choice in wild.get("handing", CHOICES) if choice != "tablet"]
        return answered(page), wild

    def request(self) -> tuple[str, int]:
        """Send one request, and tell where it went and how it was answered."""
        kind = self.dice.random()
        if kind < 0.2:
            return self._look()
        form, (data, wild) = self.dice.choice(list(self.forms.items()))
        sent: dict[str, list[str]] = {name: [value] for name, value in data.items()}
        for _ in range(self.dice.randint(1, 4)):
            self._spoil(sent, wild)
        sent["csrf_token"] = [data["csrf_token"]]
        answer = self.browser.client.post(form.url, data=sent)
        return form.url, answer.status_code

    def _spoil(self, sent: dict[str, list[str]], wild: dict[str, list[str]]) -> None:
        name = self.dice.choice(list(wild))
        match self.dice.randrange(6):
            case 0:
                sent.pop(name, None)
            case 1:
                sent[self.dice.choice([*STRANGE_NAMES, *self.fields])] = ["1", "x"]
            case 2:
                sent[name] = self.dice.sample(wild[name], 2)
            case _:
                sent[name] = [self.dice.choice(wild[name])]

    def _look(self) -> tuple[str, int]:
        rule = self.dice.choice(self.rules)
        method = self.dice.choice(["GET", "GET", "HEAD", "PUT", "PATCH", "PROPFIND"])
        texts = [*CHOICES, *NUMBERS, *TEXTS.values(), "therapist"]
        query = {
            name: self.dice.choice(texts)[:3_000]
            for name in self.dice.sample(["page", "rater", "reader", "paper", "fill", "v"], 2)
        }
        url = address(rule, self.refs)
        if self.dice.random() < 0.2:
            url = url[: self.dice.randrange(1, len(url) + 1)]
        answer = self.browser.client.open(url, method=method, query_string=query)
        status = answer.status_code
        answer.close()
        return url, status


def test_no_request_at_random_meets_a_fault(app, browser, full):
    fuzzer, answers = Fuzzer(app, browser, full), Counter[int]()
    end = time.monotonic() + SECONDS
    for number in range(REQUESTS):
        if number >= AT_LEAST and time.monotonic() > end:
            break
        url, status = fuzzer.request()
        assert status < 500, f"request {number} of seed {SEED}: {url} answered {status}"
        answers[status] += 1
    assert set(answers) >= LEAST_KINDS, f"it never got far: {answers}"
    assert browser.get(f"/cases/{full['case_ref']}").status == 200
