"""Headers on every answer: nothing loads from elsewhere, nothing is kept (security.md 3.6)."""

from flask import Flask, Response, current_app, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
YEAR = 31_536_000
KEPT = frozenset({"static", "assets.stylesheet", "worksheets.picture"})


def add_headers(response: Response) -> Response:
    """Protect one answer. A browser may keep only what is nobody's: files, and blank sheets."""
    for name, value in ALWAYS.items():
        response.headers[name] = value
    kept = request.endpoint in KEPT and response.status_code in {200, 304}
    lasting = f"public, max-age={YEAR}, immutable" if "v" in request.args else "no-cache"
    response.headers["Cache-Control"] = lasting if kept else "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return response


def init_app(app: Flask) -> None:
    """Add the headers to every answer, errors included."""
    app.after_request(add_headers)
