#!/usr/bin/env python3
"""Shows how the cost of queries grows with the size of the store.

    bench/growth.py [--sizes 1,10] [--runs 9] [--build build/release] [--work DIR]
        [--svg docs/growth.svg] [--reuse]

For each size, in millions of triples, it generates data (generate_triples), loads
it into a store on disk and runs the queries of bench/growth: the answers of
fixed-* do not grow with the data, those of grows-* do. Prints the medians as a
table, with the ratio of the largest size to the smallest, and draws them as an SVG
with a logarithmic scale on both axes.
"""
import argparse
import json
import math
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 60, 170, 20, 45
COLOURS = ["#1b6ca8", "#c0392b", "#27865a", "#8e5ea2", "#b7791f", "#2f4f4f", "#d35490", "#5d6d7e",
           "#6b8e23", "#999999", "#444444"]


def measure(size, arguments):
    """Medians in ms by query for a store of `size` million triples."""
    bench = os.path.join(arguments.build, "bench")
    store = os.path.join(arguments.work, "growth-%d" % size)
    result = store + ".json"
    command = [os.path.join(bench, "sanad_bench"), "--store", store, "--queries",
               os.path.join(HERE, "growth"), "--runs", str(arguments.runs), "--json", result]
    if not (arguments.reuse and os.path.isdir(store)):
        data = store + ".nt"
        with open(data, "wb") as out:
            subprocess.run([os.path.join(bench, "generate_triples"), str(size * 1000000)],
                           stdout=out, check=True)
        shutil.rmtree(store, ignore_errors=True)
        subprocess.run([os.path.join(bench, "load_file"), data, store], check=True)
        os.remove(data)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open(result) as answers:
        return {a["query"]: (a["ms"], a["rows"]) for a in json.load(answers)}


def draw(sizes, measured, path):
    values = [ms for medians in measured.values() for ms, _ in medians.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size):
        share = (math.log10(size) - first) / max(last - first, 1e-9)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(ms):
        return HEIGHT - BOTTOM - (math.log10(ms) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" '
           'font-size="11">' % (WIDTH, HEIGHT), '<rect width="100%" height="100%" fill="white"/>']
    for power in range(low, high + 1):
        out.append('<line x1="%d" x2="%.1f" y1="%.1f" y2="%.1f" stroke="#ddd"/>' % (
            LEFT, x(sizes[-1]), y(10 ** power), y(10 ** power)))
        out.append('<text x="%d" y="%.1f" text-anchor="end">%g ms</text>' % (
            LEFT - 6, y(10 ** power) + 4, 10 ** power))
    for size in sizes:
        out.append('<text x="%.1f" y="%d" text-anchor="middle">%d M</text>' % (
            x(size), HEIGHT - BOTTOM + 18, size))
    out.append('<text x="%.1f" y="%d" text-anchor="middle">triples</text>' % (
        (x(sizes[0]) + x(sizes[-1])) / 2, HEIGHT - 8))
    names = sorted(measured[sizes[0]], key=lambda n: -measured[sizes[-1]][n][0])
    label = TOP
    for index, name in enumerate(names):
        colour = COLOURS[index % len(COLOURS)]
        points = " ".join("%.1f,%.1f" % (x(s), y(measured[s][name][0])) for s in sizes)
        dashes = "" if name.startswith("fixed") else ' stroke-dasharray="5 3"'
        out.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"%s/>' % (
            points, colour, dashes))
        label = max(label + 14, y(measured[sizes[-1]][name][0]) + 4)
        out.append('<text x="%.1f" y="%.1f" fill="%s">%s</text>' % (
            x(sizes[-1]) + 8, label, colour, name))
    out.append("</svg>")
    with open(path, "w") as svg:
        svg.write("\n".join(out) + "\n")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1,10")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build", "release"))
    parser.add_argument("--work", default="/tmp/sanad-growth")
    parser.add_argument("--svg")
    parser.add_argument("--reuse", action="store_true", help="stores of an earlier run")
    arguments = parser.parse_args()
    os.makedirs(arguments.work, exist_ok=True)
    sizes = [int(s) for s in arguments.sizes.split(",")]
    measured = {size: measure(size, arguments) for size in sizes}
    print("| query | " + " | ".join("%d M, ms" % s for s in sizes) + " | rows | ratio |")
    print("|---|" + "---|" * (len(sizes) + 2))
    for name in sorted(measured[sizes[0]]):
        medians = [measured[s][name][0] for s in sizes]
        print("| %s | %s | %s | %.2f |" % (
            name, " | ".join("%.3g" % m for m in medians),
            " / ".join(str(r) for r in sorted({measured[s][name][1] for s in sizes})),
            medians[-1] / medians[0]))
    if arguments.svg:
        draw(sizes, measured, arguments.svg)


if __name__ == "__main__":
    main()
