"""One visit of one page in the browser, and everything a reader could hold against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page

HEAVIEST = 60 * 1024
"""Bytes of an office page all told, as sent, on a first visit."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
"""A desk, and the narrowest window WCAG 1.4.10 asks for."""
TABS = 25
"""Steps of the Tab key that are followed on each page."""
MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")
AXE = Axe()


class Visit:
    """A browser page that keeps what was sent, asked and complained of."""

    def __init__(self, page: Page, *, heaviest: int = HEAVIEST) -> None:
        self.page = page
        self.heaviest = heaviest
        self.origin = urlsplit(page.url).netloc
        self.sent: dict[str, float] = {}
        self.requests: dict[str, str] = {}
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        wire: CDPSession = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on(
            "Network.requestWillBeSent",
            lambda event: self.requests.update({event["requestId"]: event["request"]["url"]}),
        )
        wire.on(
            "Network.loadingFinished", lambda event: self.sent.update({event["requestId"]: event["encodedDataLength"]})
        )

    def findings(self, address: str) -> list[str]:
        """Open an address and return what is wrong with the page, in sentences; nothing where all is well."""
        page = self.page
        page.set_viewport_size(WIDE)
        self.sent.clear()
        self.requests.clear()
        self.complaints.clear()
        page.goto(address, wait_until="networkidle")
        wrong = [*self.complaints, *self._weight(), *self._strangers()]
        page.evaluate(MEASURE)
        wrong += [*self._say("skeleton"), *self._say("targets"), *self._say("overflow"), *self._axe("light, 1280 px")]
        wrong += self._focus()
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wrong += [f"text at 200 %: {one}" for one in (*self._say("overflow"), *self._say("cut"))]
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(NARROW)
        narrow = [*self._say("overflow"), *self._say("targets"), *self._say("cut"), *self._axe("dark")]
        page.emulate_media(color_scheme="light")
        return wrong + [f"320 px: {one}" for one in narrow]

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _weight(self) -> list[str]:
        weight = sum(self.sent.values())
        if weight <= self.heaviest:
            return []
        heaviest = sorted(self.sent.items(), key=lambda one: -one[1])[:3]
        parts = ", ".join(f"{urlsplit(self.requests.get(key, '')).path} {size / 1024:.1f}" for key, size in heaviest)
        return [f"{weight / 1024:.1f} KB were sent: {parts}"]

    def _strangers(self) -> list[str]:
        return [
            f"asks {url}"
            for url in self.requests.values()
            if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != self.origin
        ]

    def _say(self, what: str) -> list[str]:
        sentences: list[str] = self.page.evaluate(f"measure.{what}()")
        return sentences

    def _axe(self, where: str) -> list[str]:
        return [
            f"axe, {where}: {rule['id']}: {rule['help']}: {node['html'][:160]} {_why(node)}"
            for rule in AXE.run(self.page).response["violations"]
            for node in rule["nodes"][:3]
        ]

    def _focus(self) -> list[str]:
        wrong = []
        self.page.evaluate("scrollTo(0, 0)")
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate("measure.focused()")
            if focused is None:
                break
            if not focused["ring"]:
                wrong.append(f"{focused['name']} shows no focus")
            if not focused["inside"]:
                wrong.append(f"{focused['name']} has the focus out of sight")
        return wrong


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"])[:1])
