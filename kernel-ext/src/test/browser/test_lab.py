"""JupyterLab in a browser with this kernel, as a person uses it. Pictures go to target/lab.

    ./unroll jupyter install --prefix VENV && VENV/bin/pytest kernel-ext/src/test/browser/test_lab.py
"""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from playwright.sync_api import expect, sync_playwright

from lab import Lab, Server, chromium

HOME = Path(__file__).resolve().parents[4]
PICTURES = HOME / "kernel-ext/target/lab"
DATA = """\
%seed 42
var prices = Table.read().csv("../data/sp500-monthly.csv");
var data = Windows.of(prices, "date", "close").logReturns().length(24).split("2008-01", "2010-01");
var model = SequenceToSequence.of(Lstm.of(1, 32), Linear.of(32, 1));"""
TRAINING = "var run = model.fit(data, Fit.epochs(100_000).learningRate(1e-3));"
SCALED_IMAGES = "images => images.every(i => i.complete && i.naturalWidth > 100)"

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    try:
        KernelSpecManager().get_kernel_spec("unroll")
    except NoSuchKernel:
        pytest.fail("install the kernel first: ./unroll jupyter install --prefix VENV")
    server = Server(tmp_path_factory.mktemp("lab"))
    shutil.copytree(HOME / "data", server.root / "data")
    (server.root / "notebooks").mkdir()
    yield server
    assert server.close() == [], "processes of kernels were left behind"


@pytest.fixture(scope="session")
def browser():
    if chromium() is None:
        pytest.skip("NO CHROMIUM, SO JUPYTERLAB IS NOT CHECKED: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def lab(browser, server, request):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    lab = Lab(context.new_page(), server, PICTURES)
    yield lab
    lab.picture("end-of-" + request.node.name)
    context.close()
    server.end_kernels()
    assert lab.complaints == []


def fresh(lab, name, cells=("",)):
    """Opens a new notebook with these cells."""
    lab.open(lab.server.write(f"notebooks/{name}.ipynb", list(cells)))


def test_newcomer_from_the_launcher_to_a_drawn_network(lab):
    lab.launcher()
    card = lab.page.locator(".jp-LauncherCard[data-category='Notebook'][title*='Java (Unroll)']")
    expect(card.locator("img")).to_have_js_property("complete", True)
    assert card.locator("img").evaluate("logo => logo.naturalWidth") >= 32
    lab.picture("launcher")
    card.click()
    lab.await_idle()
    cell = lab.run("var model = SequenceToSequence.of(Lstm.of(1, 32), Linear.of(32, 1));\nmodel")
    image = lab.output(cell).locator("img")
    expect(image).to_have_js_property("complete", True)
    assert image.get_attribute("src").startswith("data:image/svg+xml")
    # one mode for all of a Java cell: keywords are coloured, and nothing is marked as an error
    assert cell.locator(".cm-content span", has_text=re.compile("^var$")).count() == 1
    lab.picture("first-network")


def test_notebook_runs_whole_and_is_there_again_when_opened(lab):
    shutil.copy(HOME / "notebooks/02-stock-prices.ipynb", lab.server.root / "notebooks")
    name = "notebooks/02-stock-prices.ipynb"
    lab.open(name)
    lab.menu("Run", "Run All Cells")
    last = lab.page.locator(".jp-Notebook .jp-CodeCell").last
    lab.await_end(last, 120)
    assert lab.page.locator(".jp-Notebook [data-mime-type*='stderr']").count() == 0
    charts = lab.page.locator(".jp-Notebook .jp-OutputArea-output img")
    expect(charts).to_have_count(7)
    lab.page.wait_for_function(
        f"() => ({SCALED_IMAGES})([...document.querySelectorAll('.jp-OutputArea-output img')])"
    )
    lab.tall_pictures_of_both_themes("stock-prices")
    lab.menu("File", "Save Notebook")
    expect(lab.page.locator(".jp-Document.jp-mod-dirty, .jp-mod-dirty")).to_have_count(0)
    lab.open(name)
    expect(charts).to_have_count(7)
    expect(lab.output(last).locator("img")).to_have_js_property("complete", True)


def test_foreign_notebook_shows_its_charts_without_trust(lab):
    notebook = nbformat.read(HOME / "notebooks/02-stock-prices.ipynb", as_version=4)
    lab.open(lab.server.write("notebooks/foreign.ipynb", notebook))
    charts = lab.page.locator(".jp-Notebook .jp-OutputArea-output img")
    expect(charts).to_have_count(7)
    sources = charts.evaluate_all("images => images.map(i => i.src.slice(0, 14))")
    assert set(sources) == {"data:image/png"}, "not trusted, so no SVG"


def test_training_draws_in_place_stops_at_the_button_and_goes_on(lab):
    fresh(lab, "training")
    lab.run(DATA)
    cell = lab.start(TRAINING)
    output = lab.output(cell)
    bar = output.locator("[role=progressbar]")
    bar.wait_for()
    chart = output.locator("svg[aria-label]")
    chart.wait_for()
    first, words = float(bar.get_attribute("aria-valuenow")), chart.get_attribute("aria-label")
    expect(chart).not_to_have_attribute("aria-label", words)
    expect(output.locator("text=left at most")).to_be_visible()
    assert float(bar.get_attribute("aria-valuenow")) >= first
    assert output.count() == 1, "one chart, drawn anew in its place"
    lab.pictures_of_both_themes("training")
    lab.press_button("interrupt")
    lab.await_end(cell, 10)
    expect(bar).to_have_count(0)
    expect(output.locator("img")).to_have_count(1)
    assert lab.errors(cell).count() == 0, "what was trained is returned"
    facts = lab.run('run.status() + " " + (run.history().size() > 1)')
    lab.picture("stopped")
    expect(lab.output(facts)).to_have_text("INTERRUPTED true")
    lab.run("run.resume(fit -> fit.upTo(run.history().size() + 2));")
    resumed = lab.run("run.status()")
    expect(lab.output(resumed)).to_have_text("FINISHED")


def test_magic_and_variable_completed(lab):
    fresh(lab, "completion")
    lab.run("var sequenceOfNumbers = List.of(1, 2, 3);")
    choices = lab.page.locator(".jp-Completer-item .jp-Completer-match")
    lab.write("%se")
    lab.page.keyboard.press("Tab")
    expect(choices).to_have_text(["%seed"])
    lab.page.keyboard.press("Enter")
    expect(lab.last().locator(".cm-content")).to_have_text(re.compile("^%seed ?$"))
    lab.page.keyboard.press("Control+A")
    lab.page.keyboard.insert_text("%")
    lab.page.keyboard.press("Tab")
    choices.filter(has_text="%backend").wait_for()
    lab.picture("magics")
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.press("Control+A")
    lab.page.keyboard.type("sequenceOf", delay=20)
    choices.filter(has_text="sequenceOfNumbers").first.wait_for()
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    expect(lab.last().locator(".cm-content")).to_have_text("sequenceOfNumbers")


def test_class_inspected(lab):
    fresh(lab, "inspection")
    lab.write("Lstm.of(1, 32)")
    for _ in range(len(".of(1, 32)")):
        lab.page.keyboard.press("ArrowLeft")
    lab.page.keyboard.press("Shift+Tab")
    tooltip = lab.page.locator(".jp-Tooltip")
    expect(tooltip).to_contain_text("Long short-term memory")
    expect(tooltip).to_contain_text("Lstm.of(int inputSize, int hiddenSize)")
    lab.picture("inspection")


def test_input_asked_and_answered(lab):
    fresh(lab, "input")
    cell = lab.start('"Hello, " + input("Your name: ")')
    box = cell.locator("input.jp-Stdin-input")
    expect(cell.locator(".jp-Stdin-prompt")).to_contain_text("Your name:")
    box.fill("Ada")
    box.press("Enter")
    lab.await_end(cell)
    expect(lab.output(cell)).to_have_text(["Your name:  Ada", "Hello, Ada"])


def test_output_cleared(lab):
    fresh(lab, "clear")
    code = 'System.out.println("before"); display("<b>bold</b>", "text/html");'
    cell = lab.run(code + 'clearOutput(true); System.out.println("after");')
    expect(lab.output(cell)).to_have_text(["after"])
    expect(lab.output(lab.run(code + "clearOutput();"))).to_have_count(0)


def test_errors_marked_and_the_rest_of_the_cells_not_run(lab):
    fresh(lab, "errors", ['int a = "one";', "1 + 1", 'List.of(1, 2).get(5)'])
    lab.menu("Run", "Run All Cells")
    wrong = lab.cells().nth(0)
    expect(lab.errors(wrong)).to_contain_text("String cannot be converted to int")
    lab.await_idle()
    expect(lab.cells().nth(1).locator(".jp-InputPrompt").first).to_have_text("[ ]:")
    lab.cells().nth(2).locator(".cm-content").click()
    lab.page.keyboard.press("Control+Enter")
    expect(lab.errors(lab.cells().nth(2))).to_contain_text("IndexOutOfBoundsException")
    lab.pictures_of_both_themes("errors")


def test_cell_run_thirty_times_leaves_the_page_as_large(lab):
    fresh(lab, "again", ['LineChart.of("Waves", "t", "y").line("a", new double[] {1, 3, 2})'])
    cell = lab.cells().nth(0)
    cell.locator(".cm-content").click()
    nodes = []
    for count in range(1, 31):
        lab.page.keyboard.press("Control+Enter")
        expect(cell.locator(".jp-InputPrompt").first).to_have_text(f"[{count}]:")
        expect(lab.output(cell).locator("img")).to_have_count(1)
        nodes.append(lab.page.evaluate("() => document.querySelectorAll('*').length"))
    assert nodes[-1] <= nodes[4] + 5, nodes


def test_restart_and_run_all(lab):
    fresh(lab, "restart", ["var n = 41;", "n + 1"])
    for _ in range(2):
        lab.menu("Kernel", "Restart Kernel and Run All Cells")
        lab.page.locator(".jp-Dialog .jp-mod-accept").click()
        expect(lab.cells().nth(1).locator(".jp-OutputPrompt")).to_have_text("[2]:")
        expect(lab.output(lab.cells().nth(1))).to_have_text("42")
        lab.await_idle()
        lab.menu("Edit", "Clear Outputs of All Cells")


def test_page_reloaded_while_training(lab):
    """JupyterLab shows nothing of a cell that was started before; the kernel can be stopped and goes on."""
    fresh(lab, "reload")
    lab.run(DATA)
    cell = lab.start(TRAINING)
    lab.output(cell).locator("svg[aria-label]").wait_for()
    lab.menu("File", "Save Notebook")
    lab.open("notebooks/reload.ipynb", None)
    expect(lab.page.locator("#jp-main-statusbar")).to_contain_text("Java (Unroll) | Unknown")
    lab.press_button("interrupt")
    lab.await_idle()
    after = lab.run("run")
    expect(lab.output(after).locator("img")).to_have_count(1)
