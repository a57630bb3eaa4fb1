"""The page at `/`: what runs here, where its documentation is, how to get a token and move the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from string import Template

from local.gateway import Api

_ROW = Template(
    '<tr><td>$title</td><td><a href="/$path/$stage/docs">docs 文書</a></td>'
    '<td><a href="/$path/$stage/openapi.json">openapi.json</a></td>'
    '<td><a href="/$path/$stage/health">health 状態</a></td></tr>'
)
_PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sakimori 防人</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
 body { font: 16px/1.6 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
 table { border-collapse: collapse } td { padding: .3rem 1rem .3rem 0; border-bottom: 1px solid #8884 }
 pre { background: #8882; padding: .8rem; overflow-x: auto }
</style></head><body>
<h1>Sakimori 防人</h1>
<p>The procedures of Japan's Economic Security Promotion Act, on this machine.<br>
<span lang="ja">経済安全保障推進法の手続を、この計算機の上で動かしています。</span></p>
<h2>Services <span lang="ja">サービス</span></h2>
<table>$rows</table>
<h2>A token <span lang="ja">トークンの取得</span></h2>
<p>Roles: $roles.</p>
<pre>curl -s ${host}_local/token -d '{
  "subject": "sato", "organisation": "8230001002345", "roles": ["operator"]}'</pre>
<h2>The clock <span lang="ja">時計</span></h2>
<p>Time stands still until it is moved; what falls due happens in order.
<span lang="ja">時刻は動かすまで止まっています。期限は順に到来します。</span></p>
<pre>curl -s ${host}_local/clock
curl -s ${host}_local/clock -d '{"to": "2026-07-01T00:00:00+09:00"}'</pre>
<h2>Inside <span lang="ja">内部</span></h2>
<p>$inside</p>
</body></html>
""")
INSIDE = ("executions", "queues", "events", "access", "clock", "aws", "jwks.json")
"""What may be looked at under `/_local`."""


def page(apis: Mapping[str, Api], host: str, roles: Iterable[str]) -> str:
    """The page, for the address it is asked at."""
    rows = "".join(
        _ROW.substitute(title=escape(api.title), path=escape(api.path), stage=escape(api.stage))
        for api in apis.values()
    )
    inside = " · ".join(f'<a href="/_local/{name}">{name}</a>' for name in INSIDE)
    return _PAGE.substitute(rows=rows, inside=inside, host=escape(host), roles=", ".join(sorted(roles)))
