package unroll.kernel.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.Map;
import unroll.kernel.display.MimeBundle;

/** Contents of messages, put together and taken apart. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .create();

  private Json() {}

  /** An object with one text in it. */
  public static JsonObject object(String name, String value) {
    var object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  /** An array of texts. */
  public static JsonArray array(List<String> texts) {
    var array = new JsonArray(texts.size());
    texts.forEach(array::add);
    return array;
  }

  /** A text of an object; the other value where there is none. */
  public static String text(JsonObject object, String name, String otherwise) {
    return isPrimitive(object, name) ? object.get(name).getAsString() : otherwise;
  }

  /** A whole number of an object; the other value where there is none. */
  public static int number(JsonObject object, String name, int otherwise) {
    boolean there = isPrimitive(object, name) && object.getAsJsonPrimitive(name).isNumber();
    return there ? object.get(name).getAsInt() : otherwise;
  }

  /** A truth value of an object; the other value where there is none. */
  public static boolean flag(JsonObject object, String name, boolean otherwise) {
    boolean there = isPrimitive(object, name) && object.getAsJsonPrimitive(name).isBoolean();
    return there ? object.get(name).getAsBoolean() : otherwise;
  }

  private static boolean isPrimitive(JsonObject object, String name) {
    return object.has(name) && object.get(name).isJsonPrimitive();
  }

  /** Content with the {@code data} and {@code metadata} of a bundle. */
  public static JsonObject bundle(MimeBundle bundle) {
    var data = new JsonObject();
    bundle.data().forEach((type, content) -> data.add(type, value(type, content)));
    var metadata = new JsonObject();
    bundle
        .metadata()
        .forEach(
            (type, values) -> {
              var object = new JsonObject();
              values.forEach((name, value) -> object.add(name, plain(value)));
              metadata.add(type, object);
            });
    var content = new JsonObject();
    content.add("data", data);
    content.add("metadata", metadata);
    return content;
  }

  /** Plain Java for an object of JSON: maps, lists, texts, numbers; empty where it is none. */
  public static Map<String, Object> map(JsonElement element) {
    return element instanceof JsonObject object
        ? GSON.fromJson(object, new TypeToken<Map<String, Object>>() {}.getType())
        : Map.of();
  }

  /** JSON for plain Java. */
  public static JsonElement tree(Object plain) {
    return GSON.toJsonTree(plain);
  }

  private static JsonElement value(String type, String content) {
    return MimeBundle.isJson(type) ? JsonParser.parseString(content) : new JsonPrimitive(content);
  }

  private static JsonElement plain(Object value) {
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    return new JsonPrimitive(String.valueOf(value));
  }
}
