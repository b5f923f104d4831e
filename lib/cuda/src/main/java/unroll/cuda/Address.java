package unroll.cuda;

import org.bytedeco.javacpp.Pointer;

/** A place in the device's memory, or in the host's, for functions that take a pointer. */
final class Address extends Pointer {

  /**
   * @param address 0 for none
   */
  Address(long address) {
    this.address = address;
  }

  /** A pointer for an address; null, as C has it, for 0. */
  static Address orNull(long address) {
    return address == 0 ? null : new Address(address);
  }
}
