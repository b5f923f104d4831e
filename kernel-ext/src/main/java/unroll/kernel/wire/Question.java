package unroll.kernel.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A question to the user, until it is answered or no longer waited for. */
final class Question {
  private final Message request;
  private final CompletableFuture<Message> answer = new CompletableFuture<>();

  Question(Message request) {
    this.request = request;
  }

  Message request() {
    return request;
  }

  boolean open() {
    return !answer.isDone();
  }

  void answered(Message message) {
    if (message.type().equals("input_reply")) {
      answer.complete(message);
    }
  }

  void end() {
    answer.completeExceptionally(new IOException("input: the kernel ends"));
  }

  /** Waits for the answer. */
  Message answer() throws IOException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("input: interrupted while waiting for an answer").initCause(e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }
}
