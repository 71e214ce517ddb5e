#!/usr/bin/env python3
"""Native Oxigraph (PyPI: pyoxigraph) behind the same JSON lines as harness_adapter.cc."""
import hashlib
import json
import sys
import time

import pyoxigraph as ox

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
store = None


def canonical(term):
    if isinstance(term, ox.NamedNode):
        return "<" + term.value + ">"
    if isinstance(term, ox.BlankNode):
        return "_:"
    if term.language:
        return '"' + term.value + '"@' + term.language.lower()
    if term.datatype.value != XSD_STRING:
        return '"' + term.value + '"^^<' + term.datatype.value + ">"
    return '"' + term.value + '"'


def load(message):
    global store
    start = time.time()
    store = ox.Store()
    store.bulk_load(path=message["file"], format=ox.RdfFormat.N_TRIPLES)
    return {"ok": True, "load_s": time.time() - start, "triples": len(store)}


def query(message):
    start = time.perf_counter()
    result = store.query(message["sparql"])
    if isinstance(result, ox.QueryBoolean):
        ms = (time.perf_counter() - start) * 1000
        return {"ms": ms, "rows": 1, "hash": "true" if bool(result) else "false"}
    rows = list(result)
    ms = (time.perf_counter() - start) * 1000
    names = sorted(variable.value for variable in result.variables)
    total = 0
    for row in rows:
        text = "\x1f".join(
            name + "=" + canonical(row[name]) for name in names if row[name] is not None
        )
        digest = hashlib.md5(text.encode()).digest()
        total = (total + int.from_bytes(digest[:8], "big")) & 0xFFFFFFFFFFFFFFFF
    return {"ms": ms, "rows": len(rows), "hash": format(total, "x")}


for line in sys.stdin:
    if not line.strip():
        continue
    request = json.loads(line)
    try:
        answer = load(request) if request["cmd"] == "load" else query(request)
    except Exception as error:  # The harness wants every failure as a line.
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)
