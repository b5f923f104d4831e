package unroll.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;

/**
 * Where the sockets listen and how messages are signed, as a front end writes it for a kernel.
 *
 * @param transport {@code tcp} or {@code ipc}
 * @param ip the address; the sockets are bound to it and to no other
 * @param key the secret of the signatures; empty for none
 * @param signatureScheme for instance {@code hmac-sha256}
 * @param shellPort requests
 * @param controlPort requests that must be served while a cell runs
 * @param stdinPort questions to the user
 * @param iopubPort outputs
 * @param heartbeatPort signs of life
 */
public record ConnectionFile(
    String transport,
    String ip,
    String key,
    String signatureScheme,
    int shellPort,
    int controlPort,
    int stdinPort,
    int iopubPort,
    int heartbeatPort) {

  /**
   * Reads a connection file.
   *
   * @throws IOException if it cannot be read, or is no connection file; names what is missing
   */
  public static ConnectionFile read(Path file) throws IOException {
    try {
      var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return new ConnectionFile(
          text(json, "transport"),
          text(json, "ip"),
          text(json, "key"),
          json.has("signature_scheme") ? text(json, "signature_scheme") : "hmac-sha256",
          port(json, "shell_port"),
          port(json, "control_port"),
          port(json, "stdin_port"),
          port(json, "iopub_port"),
          port(json, "hb_port"));
    } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
      throw new IOException("connection file " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Free ports of this machine, for a kernel in this very process.
   *
   * @throws IOException if there are none
   */
  public static ConnectionFile local() throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    var address = InetAddress.getLoopbackAddress();
    try {
      for (int i = 0; i < 5; i++) {
        sockets.add(new ServerSocket(0, 1, address));
      }
      int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      return new ConnectionFile(
          "tcp",
          address.getHostAddress(),
          UUID.randomUUID().toString(),
          "hmac-sha256",
          ports[0],
          ports[1],
          ports[2],
          ports[3],
          ports[4]);
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  /** The ZeroMQ address of a port. */
  String address(int port) {
    return transport + "://" + ip + (transport.equals("ipc") ? "-" : ":") + port;
  }

  private static String text(JsonObject json, String name) {
    return member(json, name).getAsString();
  }

  private static int port(JsonObject json, String name) {
    return member(json, name).getAsInt();
  }

  private static JsonElement member(JsonObject json, String name) {
    var member = json.get(name);
    if (member == null || !member.isJsonPrimitive()) {
      throw new IllegalArgumentException("needs a value \"" + name + "\"");
    }
    return member;
  }
}
