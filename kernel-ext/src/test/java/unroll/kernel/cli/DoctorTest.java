package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import unroll.kernel.cli.Finding.State;
import unroll.kernel.install.InstallException;
import unroll.kernel.install.Installation;
import unroll.kernel.install.JupyterPaths;
import unroll.kernel.install.KernelOptions;
import unroll.kernel.install.KernelSpec;

/** What the doctor says of machines that only pretend. */
@DisabledOnOs(OS.WINDOWS)
class DoctorTest {

  @TempDir private Path folder;
  private Path jdk;
  private Path jar;

  @BeforeEach
  void jdk() throws IOException {
    jdk = folder.resolve("jdk");
    program(jdk.resolve("bin/java"));
    release(System.getProperty("java.version"));
    jar = Files.writeString(folder.resolve("unroll-kernel-1.jar"), "a build");
  }

  private void release(String version) throws IOException {
    Files.writeString(jdk.resolve("release"), "X=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
  }

  private static void program(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private JupyterPaths paths(String... variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new JupyterPaths(environment, "Linux", folder.resolve("home"));
  }

  private Installation install(Path kernels) throws InstallException {
    Installation installation = new Installation(kernels);
    installation.install(KernelOptions.of(jdk.resolve("bin/java"), true, List.of(jar)));
    return installation;
  }

  /** As a rehearsal would leave it. */
  private static void pretendArchive(Installation installation) throws IOException {
    Path spec = installation.folder().resolve("kernel.json");
    Files.writeString(
        spec,
        Files.readString(spec)
            .replace("\"-cp\"", "\"-XX:SharedArchiveFile=/an/archive\",\n    \"-cp\""));
    assertThat(KernelSpec.read(installation.folder()).orElseThrow().hasArchive()).isTrue();
  }

  private Finding onlyKernel(JupyterPaths paths) {
    List<Finding> findings = new KernelFindings(paths, jar).all();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static void assertFinding(Finding finding, State state, String found, String mend) {
    assertThat(finding.state()).as(finding.toString()).isEqualTo(state);
    assertThat(finding.found()).contains(found);
    assertThat(finding.mend()).isEqualTo(mend);
  }

  @Test
  void noKernel_isMissing() {
    assertFinding(
        onlyKernel(paths()), State.MISSING, "is not installed", "./unroll jupyter install");
  }

  @Test
  void wholeKernel_isThere() throws Exception {
    pretendArchive(install(paths().user()));
    assertFinding(onlyKernel(paths()), State.THERE, jdk.resolve("bin/java").toString(), "");
  }

  @Test
  void kernelWithoutArchive_isSlow() throws Exception {
    install(paths().user());
    assertFinding(
        onlyKernel(paths()), State.MISSING, "without an archive", "./unroll jupyter install");
  }

  @Test
  void jdkThatWasReplaced_isNamedWithBothVersions() throws Exception {
    pretendArchive(install(paths().user()));
    release("99.0.1");
    assertFinding(
        onlyKernel(paths()),
        State.MISSING,
        "that was " + System.getProperty("java.version") + " and is 99.0.1",
        "./unroll jupyter install");
  }

  @Test
  void goneJava_isBroken() throws Exception {
    Path prefix = folder.resolve("environment");
    install(JupyterPaths.below(prefix));
    Files.delete(jdk.resolve("bin/java"));
    assertFinding(
        onlyKernel(paths("VIRTUAL_ENV", prefix.toString())),
        State.BROKEN,
        "its Java is gone",
        "./unroll jupyter install --prefix " + prefix);
  }

  @Test
  void goneJar_isBrokenAndNamed() throws Exception {
    Path inLib = install(paths().user()).folder().resolve("lib/unroll-kernel-1.jar");
    Files.delete(inLib);
    assertFinding(
        onlyKernel(paths()),
        State.BROKEN,
        "its jars are gone: " + inLib,
        "./unroll jupyter install");
  }

  @Test
  void unreadableSpec_isBroken() throws Exception {
    Path spec = install(paths().user()).folder().resolve("kernel.json");
    Files.writeString(spec, "{");
    assertFinding(onlyKernel(paths()), State.BROKEN, "cannot be read", "./unroll jupyter install");
  }

  @Test
  void kernelOfAnotherBuild_isNamed() throws Exception {
    pretendArchive(install(paths().user()));
    Files.writeString(jar, "b build");
    assertFinding(
        onlyKernel(paths()), State.MISSING, "of another build", "./unroll jupyter install");
  }

  @Test
  void kernelThatIsHidden_isNamedWithTheOneThatHidesIt() throws Exception {
    Path prefix = folder.resolve("environment");
    Installation first = install(JupyterPaths.below(prefix));
    pretendArchive(first);
    Installation second = install(paths().user());
    var findings = new KernelFindings(paths("VIRTUAL_ENV", prefix.toString()), jar).all();
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).state()).isEqualTo(State.THERE);
    assertFinding(
        findings.get(1),
        State.MISSING,
        second.folder() + " is hidden: Jupyter takes " + first.folder(),
        "./unroll jupyter uninstall");
  }

  @Test
  void somebodyElsesKernel_isLeftToItsOwner() throws Exception {
    Path foreign = Files.createDirectories(paths().user().resolve("unroll"));
    Files.writeString(foreign.resolve("kernel.json"), "{\"argv\": [\"other\"]}");
    assertFinding(
        onlyKernel(paths()),
        State.MISSING,
        "starts something else",
        "move it away, then ./unroll jupyter install");
  }

  @Test
  void jdkMemoryAndVectorModule_byWhatIsThere() {
    assertThat(Doctor.java("17", true).state()).isEqualTo(State.THERE);
    assertFinding(
        Doctor.java("17", false), State.BROKEN, "no compiler", "point JAVA_HOME at a whole JDK");
    assertThat(Doctor.memory(2, 2L << 30).found()).isEqualTo("2 cores, heap up to 2048 MB");
    assertThat(Doctor.memory(2, 200L << 20).state()).isEqualTo(State.MISSING);
    assertThat(Doctor.memory(2, 200L << 20).mend()).contains("--jvm-arg=-Xmx4g");
    assertThat(Doctor.vector(true).state()).isEqualTo(State.THERE);
    assertThat(Doctor.vector(false).mend()).contains("Temurin");
  }

  @Test
  void fonts_mendFollowsTheSystem() {
    assertThat(Fonts.finding(() -> 20, name -> false).state()).isEqualTo(State.THERE);
    assertFinding(
        Fonts.finding(() -> 0, "apk"::equals),
        State.BROKEN,
        "no font it can measure",
        "apk add fontconfig freetype ttf-dejavu");
    Finding failed =
        Fonts.finding(
            () -> {
              throw new NoClassDefFoundError("sun.awt.X11FontManager");
            },
            "apt-get"::equals);
    assertFinding(
        failed,
        State.BROKEN,
        "X11FontManager",
        "apt-get install fontconfig libfreetype6 fonts-dejavu-core");
    assertThat(Fonts.finding(() -> 0, name -> false).mend()).contains("DejaVu Sans");
  }

  @Test
  void jupyterBesideThePath_isNamed() throws Exception {
    Path prefix = folder.resolve("environment");
    program(prefix.resolve("bin/jupyter"));
    var doctor = new Doctor(paths("VIRTUAL_ENV", prefix.toString()), folder.toString());
    assertFinding(
        doctor.jupyter(),
        State.MISSING,
        "is not on the path",
        "export PATH=" + prefix.resolve("bin") + ":$PATH");
    var withPath = new Doctor(paths(), prefix.resolve("bin").toString());
    assertThat(withPath.jupyter().state()).isEqualTo(State.THERE);
    assertThat(new Doctor(paths(), "").jupyter().mend()).isEqualTo("pip install jupyterlab");
  }

  @Test
  void backends_saidAsTheirTableSaysThem() {
    assertThat(Doctor.backend("cpu", "true", "2 threads").state()).isEqualTo(State.THERE);
    assertFinding(
        Doctor.backend("nd4j", "false", "start with --with nd4j"),
        State.MISSING,
        "cannot run here",
        "start with --with nd4j");
  }
}
