"""JupyterLab on this machine, driven in a headless Chromium: the server, and what a person does there.

Needs the packages of requirements.txt, a Chromium (UNROLL_CHROMIUM, or on the path), and the
kernel "unroll" installed in the same Python (./unroll jupyter install --prefix VENV).
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
from playwright.sync_api import expect

TOKEN = "a-token-for-this-test"
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
    "completer-extension/manager": {"autoCompletion": True, "providerTimeout": 20_000},
}


def chromium():
    """The browser's executable, or None."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    found = [os.environ.get("UNROLL_CHROMIUM")] + [shutil.which(name) for name in names]
    return next((path for path in found if path), None)


class Server:
    """A JupyterLab server on loopback, with folders of its own; ended with its kernels."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.root = self.folder / "root"
        self.root.mkdir(parents=True)
        for name, value in SETTINGS.items():
            package, plugin = name.split("/")
            file = self.folder / "config/lab/user-settings/@jupyterlab" / package
            file.mkdir(parents=True, exist_ok=True)
            (file / f"{plugin}.jupyterlab-settings").write_text(json.dumps(value))
        self.log = open(self.folder / "server.log", "w+")
        environment = os.environ | {
            "JUPYTER_CONFIG_DIR": str(self.folder / "config"),
            "JUPYTER_DATA_DIR": str(self.folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(self.folder / "config/lab/user-settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(self.folder / "config/lab/workspaces"),
            "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"],
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
            + ["--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}"]
            + [f"--ServerApp.root_dir={self.root}", "--LanguageServerManager.autodetect=False"],
            env=environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self.url = self._await_url()

    def _await_url(self):
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            for file in (self.folder / "runtime").glob("jpserver-*.json"):
                try:
                    url = json.loads(file.read_text())["url"]
                    self.get(url + "api")
                    return url
                except (OSError, ValueError):
                    pass
            time.sleep(0.1)
        self.log.seek(0)
        raise RuntimeError("JupyterLab did not start:\n" + self.log.read())

    @staticmethod
    def get(url):
        request = urllib.request.Request(url, headers={"Authorization": "token " + TOKEN})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def write(self, name, cells):
        """Writes a notebook for this kernel: a list of sources, or a whole nbformat node."""
        if isinstance(cells, list):
            notebook = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(source) for source in cells],
                metadata={
                    "kernelspec": {
                        "name": "unroll",
                        "display_name": "Java (Unroll)",
                        "language": "java",
                    }
                },
            )
        else:
            notebook = cells
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return name

    def kernels(self):
        """Process ids of this server's kernels: those that hold a connection file of its folder."""
        mark = str(self.folder / "runtime").encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if int(entry.name) != os.getpid() and mark in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                pass
        return found

    def end_kernels(self):
        """Ends every kernel, so that the next test has the machine for itself."""
        for kernel in self.get(self.url + "api/kernels"):
            request = urllib.request.Request(
                self.url + "api/kernels/" + kernel["id"],
                headers={"Authorization": "token " + TOKEN},
                method="DELETE",
            )
            urllib.request.urlopen(request, timeout=30).close()

    def close(self):
        """Ends the server as Ctrl-C twice does; gives what is left of its processes, which is ended too."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        end = time.monotonic() + 10
        left = self.kernels()
        while left and time.monotonic() < end:
            time.sleep(0.1)
            left = self.kernels()
        for process in left:
            os.kill(process, signal.SIGKILL)
        self.log.close()
        return left


class Lab:
    """A browser's page with JupyterLab, in the words of one who sits before it."""

    def __init__(self, page, server, pictures):
        self.page = page
        self.server = server
        self.pictures = Path(pictures)
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("console", self._hear)

    def _hear(self, message):
        if message.type == "error":
            place = message.location.get("url", "")
            self.complaints.append(f"console: {message.text} ({place})")

    # --- the page

    def launcher(self):
        self.page.goto(f"{self.server.url}lab?token={TOKEN}&reset")
        self.page.locator(".jp-LauncherCard").first.wait_for()

    def open(self, notebook, state="idle"):
        """Opens a notebook in a fresh workspace and waits for a state of its kernel."""
        self.page.goto(f"{self.server.url}lab/tree/{notebook}?token={TOKEN}&reset")
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        if state:
            self.await_state(state)

    def theme(self, name):
        self.menu("Settings", "Theme", f"JupyterLab {name}")
        body = self.page.locator("body")
        expect(body).to_have_attribute("data-jp-theme-name", f"JupyterLab {name}", timeout=15_000)
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)

    def menu(self, *path):
        self.page.locator(".lm-MenuBar-item", has_text=path[0]).click()
        for label in path[1:]:
            exact = re.compile("^" + re.escape(label) + "…?$")
            item = self.page.locator(".lm-Menu-itemLabel").filter(has_text=exact).last
            item.hover()
            if label == path[-1]:
                item.click()

    def press_button(self, name):
        self.page.locator(f".jp-NotebookPanel-toolbar [data-jp-item-name='{name}'] jp-button").click()

    def picture(self, name):
        """A picture of the page for people to look at."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.pictures / f"{name}.png")

    def pictures_of_both_themes(self, name):
        for theme in ("Light", "Dark"):
            self.theme(theme)
            self.picture(f"{name}-{theme.lower()}")
        self.theme("Light")

    def tall_pictures_of_both_themes(self, name):
        """The same of a whole notebook, on a screen as high as it needs."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": size["width"], "height": 6200})
        self.page.locator(".jp-Notebook .jp-Cell").first.scroll_into_view_if_needed()
        self.pictures_of_both_themes(name)
        self.page.set_viewport_size(size)

    # --- the kernel

    def await_idle(self, seconds=60):
        self.await_state("idle", seconds)

    def await_state(self, state, seconds=60):
        bar = self.page.locator("#jp-main-statusbar")
        word = {"idle": "Idle", "busy": "Busy"}[state]
        expect(bar).to_contain_text(f"Java (Unroll) | {word}", timeout=1000.0 * seconds)
        indicator = self.page.locator(".jp-Notebook-ExecutionIndicator")
        expect(indicator).to_have_attribute("data-status", state, timeout=1000.0 * seconds)

    # --- cells

    def cells(self):
        return self.page.locator(".jp-Notebook .jp-Cell")

    def last(self):
        return self.cells().last

    def write(self, code):
        """Puts code into the last cell, all at once."""
        cell = self.last()
        cell.locator(".cm-content").click()
        self.page.keyboard.insert_text(code)
        return self.cells().nth(self.cells().count() - 1)

    def start(self, code):
        """Runs code in the last cell, without waiting; a new cell follows it."""
        cell = self.write(code)
        self.page.keyboard.press("Shift+Enter")
        return cell

    def run(self, code, seconds=60):
        """Runs code in the last cell and waits for its end."""
        cell = self.start(code)
        self.await_end(cell, seconds)
        return cell

    def await_end(self, cell, seconds=60):
        prompt = cell.locator(".jp-InputPrompt").first
        expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=1000.0 * seconds)
        self.await_idle(seconds)

    @staticmethod
    def output(cell):
        return cell.locator(".jp-OutputArea-output")

    @staticmethod
    def errors(cell):
        return cell.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")
