#!/usr/bin/env python3
"""Runs a folder of queries on Sanad and other stores in one interleaved run.

    bench/compare_peers.py --data data.nt[.zst] --queries DIR [--oracle expected.tsv]
        [--peers jena,virtuoso,oxigraph] [--runs 5] [--timeout 60] [--only REGEX]
        [--harness DIR] [--sanad BINARY] [--oxigraph-python PYTHON] [--work DIR]
        [--reuse] [--json OUT]

Each query is run once on every store to warm it up and to get its row count and
hash, then `--runs` times, all stores in turn and each round starting with another
one. Prints the median of each store, the ratio of the best peer's to Sanad's,
geometric means, what Sanad loses, and every disagreement about an answer.

Peers that are not at hand are left out with the reason:
  jena      libapache-jena-java, default-jdk-headless; its adapter from --harness
  virtuoso  virtuoso-opensource; its adapter from --harness
  oxigraph  a Python with pyoxigraph (--oxigraph-python); adapter in this folder
--harness is the folder with adapters/JenaAdapter.java, adapters/jena.sh and
adapters/virtuoso.py; by default $SANAD_SHARED/bench/harness.

Virtuoso's times are less the median time of an ASK {} sent before each, since it
answers over HTTP. What is left below the spread of those (their interquartile
range) cannot be told from nothing: it is marked "<", its query counted, and
Virtuoso is then not the best peer of that query.
A store whose row count differs from the oracle's (where there is none: from that
of most stores) is not counted as the best of that query.
"""
import argparse
import collections
import glob
import json
import math
import os
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
LONG_MS = 8000  # Queries past this are timed once.
LEAST_MS = 0.001
OVER_HTTP = ("virtuoso",)


class Store:
    """One adapter process that speaks JSON lines."""

    def __init__(self, name, command, data, directory):
        self.name, self.command, self.data, self.directory = name, command, data, directory
        self.process, self.buffer = None, b""

    def start(self, fresh):
        os.makedirs(self.directory, exist_ok=True)
        with open(os.path.join(self.directory, "stderr.log"), "a") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                start_new_session=True)
        self.buffer = b""
        return self.call(
            {"cmd": "load", "file": self.data, "dir": self.directory, "fresh": fresh}, 3600)

    def call(self, message, timeout):
        self.process.stdin.write((json.dumps(message) + "\n").encode())
        self.process.stdin.flush()
        end = time.time() + timeout
        while True:
            while b"\n" in self.buffer:
                line, self.buffer = self.buffer.split(b"\n", 1)
                if line.startswith(b"{"):
                    return json.loads(line)
            ready = select.select([self.process.stdout], [], [], max(0, end - time.time()))[0]
            if not ready:
                self.kill()
                return {"error": "timeout"}
            data = os.read(self.process.stdout.fileno(), 1 << 20)
            if not data:
                self.process.wait()
                self.process = None
                return {"error": "the adapter ended"}
            self.buffer += data

    def query(self, text, timeout):
        if self.process is None:
            started = self.start(False)
            if "error" in started:
                return {"error": "restart: " + started["error"]}
        return self.call({"cmd": "query", "sparql": text, "timeout": timeout}, timeout + 5)

    def kill(self):
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self):
        if self.process is not None:
            self.process.stdin.close()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()


def prepare_jena(harness, work):
    """Compiles the adapter. Debian's jena-core.jar (4.5.0) holds the message bundles of
    its copy of Xerces under another package than the classes ask for; without them the
    library does not start, so they are put beside the adapter under the package asked for."""
    adapters = os.path.join(work, "adapters")
    classes = os.path.join(adapters, "classes")
    os.makedirs(classes, exist_ok=True)
    for name in ("JenaAdapter.java", "jena.sh"):
        shutil.copyfile(os.path.join(harness, "adapters", name), os.path.join(adapters, name))
    script = os.path.join(adapters, "jena.sh")
    path = subprocess.run(
        ["sh", script, "cp"], check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run(
        ["javac", "-nowarn", "-cp", path, "-d", classes,
         os.path.join(adapters, "JenaAdapter.java")], check=True)
    held = "org/apache/jena/ext/"
    with zipfile.ZipFile("/usr/share/java/jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(held + "xerces/") and name.endswith(".properties"):
                target = os.path.join(classes, name[len(held):])
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as out:
                    out.write(jar.read(name))
    return ["sh", script]


def command_of(peer, arguments):
    """The command of a peer's adapter, or None and why it is not at hand."""
    if peer == "sanad":
        return [arguments.sanad] + (["--anew"] if arguments.anew else []), None
    if peer == "oxigraph":
        python = arguments.oxigraph_python
        if subprocess.run([python, "-c", "import pyoxigraph"], capture_output=True).returncode:
            return None, python + " has no pyoxigraph"
        return [python, os.path.join(HERE, "oxigraph_adapter.py")], None
    adapters = os.path.join(arguments.harness, "adapters")
    if not os.path.isdir(adapters):
        return None, "no adapters below " + arguments.harness
    if peer == "virtuoso":
        if not shutil.which("virtuoso-t"):
            return None, "virtuoso-t is not installed"
        return ["python3", os.path.join(adapters, "virtuoso.py")], None
    if peer == "jena":
        if not shutil.which("javac") or not os.path.exists("/usr/share/java/jena-tdb2.jar"):
            return None, "javac or /usr/share/java/jena-tdb2.jar is missing"
        return prepare_jena(arguments.harness, arguments.work), None
    return None, "unknown"


def read_oracle(path):
    expected = {}
    for line in open(path) if path else []:
        fields = line.rstrip("\n").split("\t")
        if not line.startswith("#") and len(fields) > 1 and fields[1].isdigit():
            expected[fields[0]] = (int(fields[1]), fields[2] if len(fields) > 2 else "")
    return expected


def run_query(stores, text, arguments):
    """Answers by store: rows, hash and times, or an error."""
    answers = {}
    for store in stores:
        warm = store.query(text, arguments.timeout)
        answers[store.name] = (
            {"error": warm["error"][:200]} if "error" in warm else
            {"rows": warm["rows"], "hash": warm.get("hash", ""), "first": warm["ms"], "times": [],
             "fixed": []})
    for run in range(arguments.runs):
        first = run % len(stores)
        for store in stores[first:] + stores[:first]:
            answer = answers[store.name]
            if "error" in answer or (run > 0 and answer["times"][0] > LONG_MS):
                continue
            if store.name in OVER_HTTP:
                answer["fixed"].append(store.query("ASK {}", 10).get("ms", 0))
            again = store.query(text, arguments.timeout)
            if "error" in again:
                answers[store.name] = {"error": again["error"][:200]}
            else:
                answer["times"].append(again["ms"])
    return answers


def take_off_fixed(answer):
    """The median of the times, less that of the fixed cost where one was measured."""
    ms = statistics.median(answer["times"])
    fixed = sorted(answer["fixed"])
    if fixed:
        spread = fixed[(3 * len(fixed)) // 4] - fixed[len(fixed) // 4]
        ms -= statistics.median(fixed)
        answer["unresolved"] = ms < spread
        ms = max(ms, spread)
    answer["ms"] = max(LEAST_MS, ms)


def judge(name, answers, oracle):
    """Adds the medians and whose rows are right; returns the rows expected."""
    counts = collections.Counter(a["rows"] for a in answers.values() if "rows" in a)
    most = counts.most_common(1)[0][0] if counts else None
    expected = oracle[name][0] if name in oracle else most
    for answer in answers.values():
        if "rows" not in answer:
            continue
        answer["right"] = answer["rows"] == expected
        take_off_fixed(answer)
    return expected


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else float("nan")


def report(results, names, oracle):
    peers = [n for n in names if n != "sanad"]
    print("\n| query | rows | " + " | ".join(n + " ms" for n in names) + " | best peer / sanad |")
    print("|---|---|" + "---|" * (len(names) + 1))
    ratios, by_peer, losses, disagreements = [], {p: [] for p in peers}, [], []
    unresolved = 0
    for name, (expected, answers) in results.items():
        cells = []
        for store in names:
            answer = answers[store]
            wrong = "" if answer.get("right", True) else " (%d rows)" % answer["rows"]
            mark = "<" if answer.get("unresolved") else ""
            cells.append("%s%.3g%s" % (mark, answer["ms"], wrong) if "ms" in answer else "error")
        own = answers["sanad"]
        right = {p: answers[p]["ms"] for p in peers
                 if answers[p].get("right") and not answers[p].get("unresolved")}
        unresolved += any(a.get("unresolved") for a in answers.values())
        ratio = None
        if "ms" in own and right:
            ratio = min(right.values()) / own["ms"]
            ratios.append(ratio)
            if ratio < 1:
                losses.append((ratio, name, min(right, key=right.get)))
            for peer, ms in right.items():
                by_peer[peer].append(ms / own["ms"])
        print("| %s | %s | %s | %s |" % (
            name, expected, " | ".join(cells), "%.2f" % ratio if ratio else "-"))
        if "error" in own:
            disagreements.append("%s: sanad: %s" % (name, own["error"]))
        wrong = {p: a["rows"] for p, a in answers.items() if "rows" in a and not a["right"]}
        if wrong:
            disagreements.append("%s: rows %s, expected %s" % (name, wrong, expected))
        wanted = oracle.get(name, (0, ""))[1]
        hashes = {p: a["hash"] for p, a in answers.items() if a.get("hash") not in (None, "", "nt")}
        if wanted and expected:
            hashes["oracle"] = wanted
        others = [h for p, h in hashes.items() if p != "sanad"]
        if others and hashes.get("sanad") not in others:
            disagreements.append("%s: hashes %s" % (name, hashes))
    print("\nqueries %d; geometric mean of best peer / sanad %.2f; by peer: %s" % (
        len(ratios), geometric_mean(ratios),
        ", ".join("%s %.2f (%d)" % (p, geometric_mean(r), len(r)) for p, r in by_peer.items())))
    print("queries on which a peer's time is not above the spread of its fixed cost: %d" % unresolved)
    print("slower than the best peer: %d" % len(losses))
    for ratio, name, peer in sorted(losses):
        print("  %-40s %.2f against %s" % (name, ratio, peer))
    print("disagreements: %d" % len(disagreements))
    for line in disagreements:
        print("  " + line)


def unpacked(path, work):
    if not path.endswith(".zst"):
        return os.path.abspath(path)
    plain = os.path.join(os.path.abspath(work), os.path.basename(path)[:-4])
    if not os.path.exists(plain):
        subprocess.run(["zstd", "-dqf", path, "-o", plain], check=True)
    return plain


def parse_arguments():
    shared = os.environ.get("SANAD_SHARED", os.path.join(HERE, "..", "..", "shared"))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--oracle")
    parser.add_argument("--peers", default="jena,virtuoso,oxigraph")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--only")
    parser.add_argument("--harness", default=os.path.join(shared, "bench", "harness"))
    parser.add_argument("--sanad", default=os.path.join(
        HERE, "..", "build", "release", "bench", "sanad_harness_adapter"))
    parser.add_argument("--oxigraph-python", default=sys.executable)
    parser.add_argument("--work", default="/tmp/sanad-peers", help="stores and compiled adapters")
    parser.add_argument("--reuse", action="store_true", help="stores of an earlier run (not oxigraph's)")
    parser.add_argument("--anew", action="store_true", help="Sanad parses and plans in every run")
    parser.add_argument("--json")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    os.makedirs(arguments.work, exist_ok=True)
    data = unpacked(arguments.data, arguments.work)
    oracle = read_oracle(arguments.oracle)
    queries = {}
    for path in sorted(glob.glob(os.path.join(arguments.queries, "*.rq")) +
                       glob.glob(os.path.join(arguments.queries, "*.sparql"))):
        name = os.path.basename(path).rsplit(".", 1)[0]
        if not arguments.only or re.search(arguments.only, name):
            queries[name] = open(path).read()
    stores = []
    for peer in ["sanad"] + [p for p in arguments.peers.split(",") if p]:
        command, reason = command_of(peer, arguments)
        if command is None:
            print("%s left out: %s" % (peer, reason))
            continue
        directory = os.path.join(arguments.work, peer + "-" + os.path.basename(data))
        store = Store(peer, command, data, directory)
        loaded = store.start(not arguments.reuse)
        print("%s: %s" % (peer, json.dumps(loaded)[:200]), flush=True)
        if "error" in loaded:
            store.stop()
            continue
        stores.append(store)
    results = {}
    try:
        for name, text in queries.items():
            answers = run_query(stores, text, arguments)
            results[name] = (judge(name, answers, oracle), answers)
            print("  " + name, flush=True, file=sys.stderr)
    finally:
        for store in stores:
            store.stop()
    print("load average at the end %.1f; %d timed runs a query" % (
        os.getloadavg()[0], arguments.runs))
    report(results, [s.name for s in stores], oracle)
    if arguments.json:
        with open(arguments.json, "w") as out:
            json.dump({n: {"expected": e, "answers": a} for n, (e, a) in results.items()}, out,
                      indent=1)


if __name__ == "__main__":
    main()
