package unroll.kernel.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

/**
 * One socket, to be used by one thread. That thread must never be one that runs a user's code: an
 * interrupt would close the socket for good.
 */
public final class Channel {
  private static final int LINGER_MILLIS = 1000;
  private static final int QUEUE = 10_000;

  /** The most bytes of a frame; a front end that announces more is disconnected. */
  private static final long FRAME_LIMIT = Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 8);

  private final ZMQ.Socket socket;
  private final Codec codec;

  Channel(ZMQ.Context context, SocketType type, Codec codec, String name, String address) {
    this.codec = codec;
    socket = context.socket(type);
    socket.setLinger(LINGER_MILLIS);
    socket.setSndHWM(QUEUE);
    socket.setMaxMsgSize(FRAME_LIMIT);
    socket.setMsgAllocator(Channel::allocate);
    if (type == SocketType.ROUTER) {
      socket.setRouterHandover(true); // a front end that comes back takes its place again
    }
    try {
      socket.bind(address);
    } catch (ZMQException e) {
      socket.close();
      throw new IllegalStateException(
          "channel " + name + ": cannot listen at " + address + ": " + e.getMessage(), e);
    }
  }

  /** Sends a message; its identities say to whom. */
  public void send(Message message) {
    sendFrames(codec.encode(message));
  }

  /**
   * Waits for the next message and hands it on. One that is malformed or wrongly signed is dropped.
   *
   * @param millis how long to wait; -1 for ever
   * @return false if nothing came
   */
  public boolean receive(int millis, Consumer<Message> handler) {
    socket.setReceiveTimeOut(millis);
    var frames = receiveFrames();
    codec.decode(frames).ifPresent(handler);
    return !frames.isEmpty();
  }

  /**
   * The room for a frame. JeroMQ takes a claim of 2⁶³ bytes or more for a negative number, which
   * would end the thread that serves all sockets: none is given.
   */
  private static Msg allocate(int size) {
    return new Msg(size < 0 || size > FRAME_LIMIT ? 0 : size);
  }

  /** Sends back what comes next, as it is. */
  void echo() {
    sendFrames(receiveFrames());
  }

  void close() {
    socket.close();
  }

  private List<byte[]> receiveFrames() {
    var frames = new ArrayList<byte[]>();
    do {
      var frame = socket.recv();
      if (frame == null) {
        return frames;
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return frames;
  }

  private void sendFrames(List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }
}
