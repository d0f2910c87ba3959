package dev.gatehouse.example.image;

/** Where images are read and stored. Blocking. */
interface Bucket {

  /**
   * The object of that key.
   *
   * @throws Refusal where there is none, it is longer than {@code atMost} bytes, or the store
   *     doesn't answer
   */
  byte[] read(String key, int atMost);

  /**
   * Stores a PNG under that key.
   *
   * @throws Refusal where the store doesn't take it
   */
  void store(String key, byte[] png);
}
