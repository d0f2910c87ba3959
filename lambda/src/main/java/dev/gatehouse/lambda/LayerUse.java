package dev.gatehouse.lambda;

/**
 * A layer that a function uses. What it needs of it stands here, because a function goes on with a
 * layer version that was deleted [C].
 *
 * @param arn of the layer version
 * @param sha256 of its archive, hexadecimal
 * @param size bytes of its archive
 */
record LayerUse(String arn, String sha256, long size) {}
