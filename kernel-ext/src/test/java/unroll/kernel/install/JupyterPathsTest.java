package unroll.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JupyterPathsTest {

  private static final Path HOME = Path.of("/home/ada");

  private static Path user(String system, Map<String, String> environment) {
    return new JupyterPaths(environment, system, HOME).user();
  }

  @Test
  void userFolder_followsTheSystem() {
    assertThat(user("Linux", Map.of())).isEqualTo(HOME.resolve(".local/share/jupyter/kernels"));
    assertThat(user("Mac OS X", Map.of())).isEqualTo(HOME.resolve("Library/Jupyter/kernels"));
    assertThat(user("Windows 11", Map.of("APPDATA", "/roaming")))
        .isEqualTo(Path.of("/roaming/jupyter/kernels"));
    assertThat(user("Windows 11", Map.of())).isEqualTo(HOME.resolve(".jupyter/data/kernels"));
  }

  @Test
  void variables_goBeforeTheSystemsFolder() {
    assertThat(user("Linux", Map.of("XDG_DATA_HOME", "/xdg")))
        .isEqualTo(Path.of("/xdg/jupyter/kernels"));
    assertThat(user("Mac OS X", Map.of("XDG_DATA_HOME", "/xdg")))
        .isEqualTo(HOME.resolve("Library/Jupyter/kernels"));
    for (String system : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
      assertThat(user(system, Map.of("JUPYTER_DATA_DIR", "/data", "XDG_DATA_HOME", "/xdg")))
          .isEqualTo(Path.of("/data/kernels"));
    }
    assertThat(user("Linux", Map.of("JUPYTER_DATA_DIR", " ")))
        .isEqualTo(HOME.resolve(".local/share/jupyter/kernels"));
  }

  @Test
  void activeEnvironment_isTheVirtualOneBeforeConda() {
    assertThat(new JupyterPaths(Map.of(), "Linux", HOME).activeEnvironment()).isEmpty();
    assertThat(new JupyterPaths(Map.of("CONDA_PREFIX", "/c"), "Linux", HOME).activeEnvironment())
        .contains(Path.of("/c"));
    Map<String, String> both = Map.of("CONDA_PREFIX", "/c", "VIRTUAL_ENV", "/v");
    assertThat(new JupyterPaths(both, "Linux", HOME).activeEnvironment()).contains(Path.of("/v"));
  }

  @Test
  void allFolders_startWithThoseOfJupyterPath() {
    Map<String, String> environment = Map.of("JUPYTER_PATH", "/a:/b", "VIRTUAL_ENV", "/v");
    assertThat(new JupyterPaths(environment, "Linux", HOME).all())
        .startsWith(
            Path.of("/a/kernels"),
            Path.of("/b/kernels"),
            Path.of("/v/share/jupyter/kernels"),
            HOME.resolve(".local/share/jupyter/kernels"))
        .contains(Path.of("/usr/local/share/jupyter/kernels"));
  }

  @Test
  void foldersForAllUsers_followTheSystem() {
    Path local = Path.of("/usr/local/share/jupyter/kernels");
    assertThat(new JupyterPaths(Map.of(), "Linux", HOME).allUsers()).isEqualTo(local);
    assertThat(new JupyterPaths(Map.of(), "Mac OS X", HOME).allUsers()).isEqualTo(local);
    var windows = new JupyterPaths(Map.of("PROGRAMDATA", "/data"), "Windows 11", HOME);
    assertThat(windows.allUsers()).isEqualTo(Path.of("/data/jupyter/kernels"));
    assertThat(windows.all()).contains(windows.allUsers());
  }
}
