"""Makes docs/images/lab.png: a training in JupyterLab, seen while it runs.

    ./unroll jupyter install --prefix VENV && VENV/bin/python kernel-ext/src/test/browser/poster.py
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from lab import Lab, Server, chromium

HOME = Path(__file__).resolve().parents[4]
CELLS = [
    """\
%seed 42
var text = Sentences.read("../data/sentiment-en.tsv").vocabulary(2_000);
var model = SequenceToVector.of(
    Embedding.of(text.vocabulary(), 48), Dropout.of(0.6),
    Gru.of(48, 64).bidirectional(), Linear.of(128, 2));
model""",
    "var run = model.fit(text, Fit.epochs(30).learningRate(1e-3).clip(1));",
]
EPOCHS_SHOWN = 16


def main(picture):
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        try:
            shutil.copytree(HOME / "data", server.root / "data")
            name = server.write("notebooks/sentiment.ipynb", CELLS)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
                )
                page = browser.new_page(
                    viewport={"width": 1000, "height": 1336}, device_scale_factor=1.5
                )
                lab = Lab(page, server, picture.parent)
                lab.open(name)
                page.keyboard.press("Control+b")
                lab.menu("Run", "Run All Cells")
                running = lab.output(lab.cells().nth(1)).locator("[role=progressbar]")
                running.wait_for(timeout=120_000)
                page.wait_for_function(
                    "epochs => [...document.querySelectorAll('.jp-OutputArea-output')]"
                    ".some(o => (/epoch (\\d+),/.exec(o.textContent) ?? [])[1] > epochs)",
                    arg=EPOCHS_SHOWN,
                    timeout=120_000,
                )
                page.locator("#jp-main-dock-panel, .jp-Notebook").first.evaluate("e => e.scrollTop = 0")
                lab.picture(picture.stem)
                browser.close()
        finally:
            server.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "docs/images/lab.png")
