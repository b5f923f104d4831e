package unroll.kernel.doc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationTest {
  private static final String DEQUE =
      """
      package java.util;

      /**
       * A deque for &lt;tests&gt;, {@code a < b}.
       *
       * <pre>
       *   x = {@literal <1>}
       * </pre>
       *
       * <ul>
       *   <li>one
       *   <li>{@linkplain List#of() two}, {@link java.util.List#size}
       * </ul>
       *
       * <p>A second <b onclick="x">paragraph</b>.
       *
       * @param <E> what it holds
       */
      public class ArrayDeque<E> extends AbstractCollection<E> {
        /** None. */
        public ArrayDeque() {}

        /**
         * Room for some.
         *
         * @param howMany of them
         * @throws IllegalArgumentException never
         */
        public ArrayDeque(int howMany) {}

        /** Begins with those of another. */
        public ArrayDeque(java.util.@Deprecated Collection<? extends E> others) {}

        /** Fills {@inheritDoc} an array. */
        public <T> T[] toArray(T[] array) { return array; }

        public int size() { return 0; }
      }
      """;

  private static final String COLLECTION =
      """
      package java.util;
      public abstract class AbstractCollection<E> {
        /** How many there are. @return a number */
        public abstract int size();
      }
      """;

  @TempDir static Path folder;
  private static Elements elements;
  private static Types types;
  private static Documentation documentation;

  @BeforeAll
  static void open() throws IOException {
    var zip = folder.resolve("src.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("java.base/java/util/ArrayDeque.java"));
      out.write(DEQUE.getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("java.base/java/util/AbstractCollection.java"));
      out.write(COLLECTION.getBytes(StandardCharsets.UTF_8));
    }
    documentation = new Documentation(DocumentationTest.class.getClassLoader(), zip);
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    null,
                    null,
                    d -> {},
                    List.of("-proc:none"),
                    null,
                    List.of(source("class A {}")));
    task.analyze();
    elements = task.getElements();
    types = task.getTypes();
  }

  private static TypeElement type(String name) {
    return elements.getTypeElement(name);
  }

  private static Element member(String type, String signature) {
    return type(type).getEnclosedElements().stream()
        .filter(e -> e.toString().equals(signature))
        .findAny()
        .orElseThrow();
  }

  private static Comment of(Element element) {
    return documentation.of(element, elements, types).orElseThrow();
  }

  @Test
  void classOfTheJdk_itsBeginningUpToTheSecondParagraph() {
    assertThat(of(type("java.util.ArrayDeque")).beginning(false))
        .isEqualTo(
            """
            A deque for <tests>, a < b.

              x = <1>

            - one
            - two, List.size""");
  }

  @Test
  void html_tagsStayWithoutAttributesAndTextIsEscaped() {
    assertThat(of(type("java.util.ArrayDeque")).description(true).replaceAll("\\s+", " "))
        .isEqualTo(
            "A deque for &lt;tests&gt;, <code>a &lt; b</code>."
                + " <pre> x = &lt;1&gt; </pre> <ul> <li>one <li>two, <code>List.size</code> </ul>"
                + " <p>A second <b>paragraph</b>.");
    assertThat(of(type("java.util.ArrayDeque")).tags(false)).isEqualTo("- <E> – what it holds");
  }

  @Test
  void overloads_toldApartByTheirTypes() {
    assertThat(of(member("java.util.ArrayDeque", "ArrayDeque()")).description(false))
        .isEqualTo("None.");
    assertThat(of(member("java.util.ArrayDeque", "ArrayDeque(int)")).tags(false))
        .isEqualTo("- howMany – of them\n- throws IllegalArgumentException – never");
    var copying = member("java.util.ArrayDeque", "ArrayDeque(java.util.Collection<? extends E>)");
    assertThat(of(copying).description(false)).isEqualTo("Begins with those of another.");
    var array = member("java.util.ArrayDeque", "<T>toArray(T[])");
    assertThat(of(array).sentence()).isEqualTo("Fills an array.");
  }

  @Test
  void methodWithoutAComment_thatOfTheOneItOverrides() {
    assertThat(of(member("java.util.ArrayDeque", "size()")).sentence())
        .startsWith("How many there are.");
  }

  @Test
  void classWithoutItsSource_none() {
    assertThat(documentation.of(type("java.util.BitSet"), elements, types)).isEmpty();
  }

  @Test
  void classOfTheLibrary_fromTheSourcesInItsJar() {
    assertThat(of(type("unroll.nn.Linear")).beginning(false))
        .startsWith("An affine map of the last axis.\n\n  y = W x + b\n");
    assertThat(of(member("unroll.train.Epoch", "loss()")).sentence()).isNotEmpty();
  }

  @Test
  void entities_ofNumbersAndNames() throws IOException {
    var text = "/** &#8730;x &#x221a;y a&nbsp;b &unknown; */ class A {}";
    var file = SourceFile.parse(text).orElseThrow();
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, d -> {}, List.of(), null, List.of(source(text)));
    task.analyze();
    var declaration = file.find(task.getElements().getTypeElement("A")).orElseThrow();
    assertThat(Comment.of(declaration.comment().orElseThrow()).description(false))
        .startsWith("√x √y a b");
  }

  private static JavaFileObject source(String text) {
    return new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
