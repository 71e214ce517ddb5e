#!/usr/bin/env python3
"""Loads one N-Triples file with Sanad, Oxigraph, Jena TDB2 and `sort -u`, interleaved.

  compare_loads.py FILE.nt --load-file build/release/bench/load_file [--runs 3] [--cpus 0,1]

Each is a process of its own that ends with a closed, synced store (sort: a synced file), timed
from its start to its end. Prints the medians and each one's ratio to Sanad's.

Oxigraph is pyoxigraph's native bulk loader over a store on disk (`pip install pyoxigraph`); Jena
is tdb2.tdbloader from the jars of Debian's libapache-jena-java. What is not installed is left out.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

OXIGRAPH = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
store.flush()
"""

JARS = ("jena-arq jena-core jena-base jena-tdb2 jena-iri jena-dboe-base jena-dboe-index "
        "jena-dboe-storage jena-dboe-trans-data jena-dboe-transaction jena-rdfconnection jena-cmds "
        "slf4j-api slf4j-nop commons-lang3 commons-io commons-codec commons-csv commons-cli "
        "commons-compress dexx.collection guava gson protobuf libthrift thrift jackson-core "
        "jackson-databind jackson-annotations jsonld-java titanium-json-ld httpclient httpcore "
        "failureaccess javax.json jakarta.json jcl-over-slf4j").split()


def commands(options):
    """Name → command with FILE and OUT in place of the paths."""
    found = {"sanad": [options.load_file, "FILE", "OUT"]}
    probe = subprocess.run([sys.executable, "-c", "import pyoxigraph"], capture_output=True)
    if probe.returncode == 0:
        found["oxigraph"] = [sys.executable, "-c", OXIGRAPH, "FILE", "OUT"]
    jars = [f"/usr/share/java/{jar}.jar" for jar in JARS]
    jars = [jar for jar in jars if os.path.exists(jar)]
    if shutil.which("java") and any("tdb2" in jar for jar in jars):
        found["jena"] = ["java", "-Xmx6g", "-cp", ":".join(jars), "tdb2.tdbloader",
                         "--loader=phased", "--loc=OUT", "FILE"]
        found["jena"][3] += ":" + options.bundles
    found["sort"] = ["sh", "-c",
                     "LC_ALL=C sort -u --parallel=2 -o OUT FILE && sync OUT"]
    return {name: command for name, command in found.items()
            if name in options.only.split(",") or not options.only}


def run(command, file, cpus):
    folder = tempfile.mkdtemp(prefix="compare_loads_", dir=os.path.dirname(os.path.abspath(file)))
    try:
        out = os.path.join(folder, "out")
        filled = [part.replace("FILE", file).replace("OUT", out) for part in command]
        if cpus:
            filled = ["taskset", "-c", cpus] + filled
        start = time.monotonic()
        done = subprocess.run(filled, capture_output=True, text=True)
        seconds = time.monotonic() - start
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {done.stderr[-500:]}")
        return seconds
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--load-file", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cpus", default="", help="as for taskset -c")
    parser.add_argument("--only", default="", help="names, separated by commas")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as options.bundles:
        # Debian's jars lack the message bundle that Jena's start asks for.
        folder = os.path.join(options.bundles, "xerces/impl/xpath/regex")
        os.makedirs(folder)
        open(os.path.join(folder, "message.properties"), "w").close()
        compare(options)


def compare(options):
    todo = commands(options)
    seconds = {name: [] for name in todo}
    for _ in range(options.runs):
        for name, command in list(todo.items()):
            try:
                seconds[name].append(run(command, options.file, options.cpus))
            except RuntimeError as error:
                print(error, file=sys.stderr)
                del todo[name]
    ours = statistics.median(seconds["sanad"]) if seconds.get("sanad") else None
    for name, times in seconds.items():
        if not times:
            continue
        median = statistics.median(times)
        ratio = f"{median / ours:8.2f}" if ours else ""
        print(f"{name:10} median {median:8.3f} s  runs {' '.join(f'{t:.3f}' for t in times)}"
              f"  against sanad {ratio}")


if __name__ == "__main__":
    main()
