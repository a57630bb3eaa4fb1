"""Lambda: the service's API."""

from services.platform.runtime.chapter import page

handler = page("api").app.handler
