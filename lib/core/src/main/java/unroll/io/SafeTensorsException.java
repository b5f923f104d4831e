package unroll.io;

import java.io.IOException;

/** A file that is no sound safetensors file. The message names the file and the tensor. */
public final class SafeTensorsException extends IOException {

  SafeTensorsException(String message) {
    super(message);
  }

  SafeTensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
