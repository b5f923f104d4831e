package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code unroll} in a small checkout, with a Java and a Maven that only pretend. */
@DisabledOnOs(OS.WINDOWS)
class LaunchScriptTest {

  private static final List<String> TOOLS =
      List.of(
          ("sh awk cat cp cut date dirname find grep head ls mkdir mv readlink rm sed sleep sort stty"
                  + " touch tr uname")
              .split(" ", -1));

  private static final String MODULES = "java.base jdk.compiler jdk.jshell jdk.incubator.vector";

  private record Ended(int code, String out, String err) {}

  @TempDir private Path folder;
  private Path checkout;
  private Path programs;
  private Path jdk;
  private boolean checksJars;

  @BeforeEach
  void checkout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a check out"));
    copy("unroll");
    copy("kernel-ext/src/launcher/CheckJars.java");
    for (String file :
        List.of(
            "pom.xml", "kernel-ext/pom.xml", "kernel-ext/src/main/A.java", "lib/core/pom.xml")) {
      Path path = checkout.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
      Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
    programs = Files.createDirectories(folder.resolve("programs"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        Path program = Path.of(place + tool);
        if (Files.exists(program) && !Files.exists(programs.resolve(tool))) {
          program(programs.resolve(tool), "exec " + program + " \"$@\"\n");
        }
      }
    }
    jdk = folder.resolve("jdk");
    jdk("17.0.9", MODULES);
    maven("3.9.6", "");
  }

  private void copy(String file) throws IOException {
    Path to = checkout.resolve(file);
    Files.createDirectories(to.getParent());
    Files.copy(Path.of("..").resolve(file), to);
    to.toFile().setExecutable(true);
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A Java that says what it was told; it checks jars in earnest where a test wants it. */
  private void jdk(String version, String modules) throws IOException {
    program(
        jdk.resolve("bin/java"),
        "case $1 in *CheckJars.java)\n"
            + (checksJars ? "exec '" + JavaProcess.java() + "' \"$@\"" : "exit")
            + " ;; esac\npwd\nfor word in \"$@\"; do echo \"<$word>\"; done\n");
    program(jdk.resolve("bin/javac"), "");
    Files.writeString(
        jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
  }

  /** A Maven that builds an empty jar, after what else it is to do. */
  private void maven(String version, String before) throws IOException {
    program(
        programs.resolve("mvn"),
        "if [ \"$1\" = -v ]; then echo 'Apache Maven "
            + version
            + "'; exit; fi\n"
            + "echo build >>'"
            + folder.resolve("builds")
            + "'\n"
            + before
            + "\nmkdir -p kernel-ext/target/lib lib/bench/target && : >kernel-ext/target/unroll-kernel-1.jar"
            + " && : >lib/bench/target/unroll-bench-1.jar"
            + " && printf 'PK\\005\\006\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'"
            + " >kernel-ext/target/lib/one.jar\n");
  }

  private int builds() throws IOException {
    Path builds = folder.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private Process start(Path script, String... args) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.command().addAll(List.of(args));
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("HOME", folder.resolve("home").toString());
    if (Files.exists(jdk)) {
      builder.environment().put("JAVA_HOME", jdk.toString());
    }
    Path working = Files.createDirectories(folder.resolve("else where"));
    return builder.directory(working.toFile()).start();
  }

  private static Ended end(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  private Ended unroll(String... args) throws Exception {
    return end(start(checkout.resolve("unroll"), args));
  }

  private void assertRefused(String... words) throws Exception {
    Ended ended = unroll("doctor");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains(words);
    assertThat(checkout.resolve("kernel-ext/target/unroll.built")).doesNotExist();
  }

  @Test
  void firstCall_buildsOnceAndHandsOver() throws Exception {
    Ended first = unroll("run", "a b.ipynb", "--out", "*");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("building");
    assertThat(first.out().lines())
        .contains("<-Djava.awt.headless=true>", "<-cp>", "<-Dunroll.home=" + real(checkout) + ">")
        .endsWith("<unroll.kernel.cli.Main>", "<run>", "<a b.ipynb>", "<--out>", "<*>")
        .startsWith(real(folder.resolve("else where")).toString());
    Ended second = unroll("doctor");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  private static Path real(Path path) throws IOException {
    return path.toRealPath();
  }

  @Test
  void changedSource_isBuiltAnew() throws Exception {
    unroll("doctor");
    Path source = checkout.resolve("kernel-ext/src/main/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(unroll("doctor").err()).contains("building");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void linkToTheScript_findsItsCheckout() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("un"), Path.of("a check out/unroll"));
    Ended ended = end(start(link, "--help"));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).endsWith("<--help>\n");
  }

  @Test
  void verbThatComputes_getsTheVectorModuleWhereThereIsOne() throws Exception {
    assertThat(unroll("parity", "x").out()).contains("<--add-modules>\n<jdk.incubator.vector>");
    jdk("21", "jdk.compiler jdk.jshell");
    assertThat(unroll("parity", "x").out()).doesNotContain("add-modules");
  }

  @Test
  void twoAtOnce_buildOnce() throws Exception {
    maven("3.9.6", "sleep 1");
    Process one = start(checkout.resolve("unroll"), "doctor");
    Process two = start(checkout.resolve("unroll"), "doctor");
    assertThat(end(one).code()).isZero();
    assertThat(end(two).code()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void lockOfAProcessThatIsGone_isTakenAway() throws Exception {
    Path lock = Files.createDirectories(checkout.resolve("kernel-ext/target/unroll.lock"));
    Files.writeString(lock.resolve("pid"), "99999999");
    assertThat(unroll("doctor").code()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void olderJava_isNamedWithWhatToDo() throws Exception {
    jdk("11.0.2", "java.base jdk.compiler jdk.jshell");
    assertRefused("JAVA_HOME (" + jdk + ") is Java 11.0.2", "JDK 17 or newer", "JAVA_HOME at it");
    jdk("1.8.0_392", "");
    assertRefused("is Java 1.8.0_392");
  }

  @Test
  void olderJavaOnThePath_isAskedForItsVersion() throws Exception {
    Files.move(jdk, folder.resolve("gone"));
    program(programs.resolve("java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    assertRefused("the java on the path (" + programs.resolve("java") + ") is Java 11.0.2");
  }

  @Test
  void runtimeWithoutCompiler_isNotEnough() throws Exception {
    jdk("17.0.9", "java.base java.desktop");
    assertRefused("runtime without a compiler (no module jdk.compiler)");
  }

  @Test
  void noJava_isSaid() throws Exception {
    Files.move(jdk, folder.resolve("gone"));
    assertRefused("found no Java: JAVA_HOME is not set", "JDK 17 or newer");
    Files.createDirectories(jdk);
    assertRefused("JAVA_HOME is " + jdk + ", but there is no bin/java in it");
  }

  @Test
  void noMavenOrAnOldOne_isSaidWhenSomethingMustBeBuilt() throws Exception {
    maven("3.6.3", "");
    assertRefused("is Maven 3.6.3; Unroll needs 3.8 or newer");
    Files.delete(programs.resolve("mvn"));
    assertRefused("found no Maven (mvn) on the path", "Maven 3.8 or newer");
    maven("4.0.0", "");
    assertThat(unroll("doctor").code()).isZero();
    Files.delete(programs.resolve("mvn"));
    assertThat(unroll("doctor").code()).isZero();
  }

  @Test
  void buildThatFails_showsMavensErrorAndCountsForNothing() throws Exception {
    maven("3.9.6", "echo '[INFO] noise'; echo '[ERROR] Could not transfer artifact a:b'; exit 1");
    assertRefused(
        "the build failed; Maven says", "Could not transfer artifact a:b", "is the network there?");
    assertThat(checkout.resolve("kernel-ext/target/unroll.lock")).doesNotExist();
    maven("3.9.6", "");
    assertThat(unroll("doctor").code()).isZero();
  }

  @Test
  void damagedDownload_isNamedSoThatItCanBeDeleted() throws Exception {
    checksJars = true;
    jdk("17.0.9", MODULES);
    Path jar = folder.resolve("home/.m2/repository/a/b/1/b-1.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "<html>not a jar</html>");
    Files.writeString(jar.resolveSibling("c-1.pom"), "<project/>");
    Files.writeString(jar.resolveSibling("c-1.pom.sha1"), "0000  c-1.pom");
    maven("3.9.6", "echo '[ERROR] error reading; zip END header not found'; exit 1");
    assertRefused("damaged downloads; delete these", jar.toString(), "c-1.pom (not the file whose");
  }

  @Test
  void damagedJarInAFinishedBuild_isNotUsed() throws Exception {
    checksJars = true;
    jdk("17.0.9", MODULES);
    maven("3.9.6", "");
    program(
        programs.resolve("mvn"),
        Files.readString(programs.resolve("mvn"))
            + "[ \"$1\" = -v ] || echo x >kernel-ext/target/lib/two.jar\n");
    assertRefused("came damaged from Maven's folder", "two.jar");
    assertThat(checkout.resolve("kernel-ext/target/lib/two.jar")).doesNotExist();
  }
}
