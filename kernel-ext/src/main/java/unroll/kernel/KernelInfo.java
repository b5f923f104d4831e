package unroll.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import unroll.kernel.wire.Json;
import unroll.kernel.wire.Message;

/** What the kernel says of itself. */
final class KernelInfo {
  private KernelInfo() {}

  static JsonObject reply() {
    var language = Json.object("name", "java");
    language.addProperty("version", Runtime.version().toString());
    language.addProperty("mimetype", "text/x-java");
    language.addProperty("file_extension", ".jshell");
    language.addProperty("pygments_lexer", "java");
    language.addProperty("codemirror_mode", "text/x-java");
    language.addProperty("nbconvert_exporter", "script");
    var reply = Json.object("status", "ok");
    reply.addProperty("protocol_version", Message.PROTOCOL_VERSION);
    reply.addProperty("implementation", "unroll");
    reply.addProperty("implementation_version", version());
    reply.add("language_info", language);
    reply.addProperty(
        "banner",
        "Unroll "
            + version()
            + " on Java "
            + Runtime.version().feature()
            + ": recurrent networks in notebooks. %help lists the magics.");
    reply.add("help_links", new JsonArray());
    return reply;
  }

  private static String version() {
    var version = KernelInfo.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }
}
