package dev.gatehouse.gateway.route;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from text, of which a changed copy costs a few small arrays however many entries
 * there are: a hash array mapped trie (Bagwell, "Ideal Hash Trees", 2001). A change to one route of
 * 100,000 shares all the others.
 */
public final class PersistentMap<V> {
  private static final int BITS = 6;
  private static final int MASK = (1 << BITS) - 1;
  private static final int HASH_BITS = 32;
  private static final PersistentMap<?> EMPTY = new PersistentMap<>(new Branch<>(0, slots(0)), 0);

  /** A key and its value. */
  record Entry<V>(String key, V value) {}

  /** What stands in a place of a branch. */
  private sealed interface Slot<V> {}

  private record Leaf<V>(int hash, String key, V value) implements Slot<V> {}

  /** Entries whose hashes are the same. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Collision<V>(Leaf<V>[] leaves) implements Slot<V> {}

  /** Up to 64 places, those that are taken. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Branch<V>(long bitmap, Slot<V>[] slots) implements Slot<V> {}

  private final Branch<V> root;
  private final int size;

  private PersistentMap(Branch<V> root, int size) {
    this.root = root;
    this.size = size;
  }

  /** The map without entries. */
  @SuppressWarnings("unchecked") // holds no value
  public static <V> PersistentMap<V> empty() {
    return (PersistentMap<V>) EMPTY;
  }

  public int size() {
    return size;
  }

  /** The value of a key; null where there is none. */
  public @Nullable V get(String key) {
    int hash = spread(key);
    Branch<V> branch = root;
    for (int shift = 0; ; shift += BITS) {
      long bit = bit(hash, shift);
      if ((branch.bitmap & bit) == 0) {
        return null;
      }
      Slot<V> slot = branch.slots[index(branch.bitmap, bit)];
      if (slot instanceof Leaf<V> leaf) {
        return leaf.key.equals(key) ? leaf.value : null;
      }
      if (slot instanceof Collision<V> collision) {
        return find(collision, key);
      }
      branch = (Branch<V>) slot;
    }
  }

  private static <V> @Nullable V find(Collision<V> collision, String key) {
    for (Leaf<V> leaf : collision.leaves) {
      if (leaf.key.equals(key)) {
        return leaf.value;
      }
    }
    return null;
  }

  /** This map with that entry. */
  public PersistentMap<V> with(String key, V value) {
    boolean known = get(key) != null;
    Branch<V> changed = with(root, new Leaf<>(spread(key), key, value), 0);
    return new PersistentMap<>(changed, known ? size : size + 1);
  }

  private static <V> Branch<V> with(Branch<V> branch, Leaf<V> leaf, int shift) {
    long bit = bit(leaf.hash, shift);
    int index = index(branch.bitmap, bit);
    if ((branch.bitmap & bit) == 0) {
      Slot<V>[] slots = slots(branch.slots.length + 1);
      System.arraycopy(branch.slots, 0, slots, 0, index);
      System.arraycopy(branch.slots, index, slots, index + 1, branch.slots.length - index);
      slots[index] = leaf;
      return new Branch<>(branch.bitmap | bit, slots);
    }
    Slot<V>[] slots = branch.slots.clone();
    slots[index] = join(branch.slots[index], leaf, shift + BITS);
    return new Branch<>(branch.bitmap, slots);
  }

  /** The slot that has both what was there and the leaf. */
  private static <V> Slot<V> join(Slot<V> there, Leaf<V> leaf, int shift) {
    if (there instanceof Branch<V> branch) {
      return with(branch, leaf, shift);
    }
    if (there instanceof Collision<V> collision) {
      return new Collision<>(added(collision.leaves, leaf));
    }
    Leaf<V> other = (Leaf<V>) there;
    if (other.key.equals(leaf.key)) {
      return leaf;
    }
    return shift >= HASH_BITS
        ? new Collision<>(added(added(leaves(0), other), leaf))
        : with(with(new Branch<>(0, slots(0)), other, shift), leaf, shift);
  }

  private static <V> Leaf<V>[] added(Leaf<V>[] leaves, Leaf<V> leaf) {
    Leaf<V>[] kept = removed(leaves, leaf.key);
    Leaf<V>[] more = Arrays.copyOf(kept, kept.length + 1);
    more[kept.length] = leaf;
    return more;
  }

  private static <V> Leaf<V>[] removed(Leaf<V>[] leaves, String key) {
    return Arrays.stream(leaves)
        .filter(leaf -> !leaf.key.equals(key))
        .toArray(PersistentMap::leaves);
  }

  /** This map without that key. */
  public PersistentMap<V> without(String key) {
    if (get(key) == null) {
      return this;
    }
    return new PersistentMap<>(without(root, spread(key), key, 0), size - 1);
  }

  private static <V> Branch<V> without(Branch<V> branch, int hash, String key, int shift) {
    long bit = bit(hash, shift);
    int index = index(branch.bitmap, bit);
    Slot<V> rest =
        switch (branch.slots[index]) {
          case Leaf<V> leaf -> null;
          case Collision<V> collision -> collapsed(removed(collision.leaves, key));
          case Branch<V> deeper -> collapsed(without(deeper, hash, key, shift + BITS));
        };
    if (rest != null) {
      Slot<V>[] slots = branch.slots.clone();
      slots[index] = rest;
      return new Branch<>(branch.bitmap, slots);
    }
    Slot<V>[] slots = slots(branch.slots.length - 1);
    System.arraycopy(branch.slots, 0, slots, 0, index);
    System.arraycopy(branch.slots, index + 1, slots, index, slots.length - index);
    return new Branch<>(branch.bitmap & ~bit, slots);
  }

  private static <V> Slot<V> collapsed(Leaf<V>[] leaves) {
    return leaves.length == 1 ? leaves[0] : new Collision<>(leaves);
  }

  private static <V> @Nullable Slot<V> collapsed(Branch<V> branch) {
    if (branch.slots.length == 0) {
      return null;
    }
    boolean single = branch.slots.length == 1 && !(branch.slots[0] instanceof Branch);
    return single ? branch.slots[0] : branch;
  }

  /**
   * One of the entries.
   *
   * @throws IllegalStateException where there is none
   */
  Entry<V> any() {
    Slot<V> slot = root;
    while (slot instanceof Branch<V> branch) {
      if (branch.slots.length == 0) {
        throw new IllegalStateException("the map is empty");
      }
      slot = branch.slots[0];
    }
    Leaf<V> leaf = slot instanceof Collision<V> same ? same.leaves[0] : (Leaf<V>) slot;
    return new Entry<>(leaf.key, leaf.value);
  }

  /** Calls back with each value, in no order. */
  public void forEachValue(Consumer<V> action) {
    forEach(root, (key, value) -> action.accept(value));
  }

  /** Calls back with each entry, in no order. */
  public void forEach(BiConsumer<String, V> action) {
    forEach(root, action);
  }

  private static <V> void forEach(Slot<V> slot, BiConsumer<String, V> action) {
    switch (slot) {
      case Leaf<V> leaf -> action.accept(leaf.key, leaf.value);
      case Collision<V> collision -> {
        for (Leaf<V> leaf : collision.leaves) {
          action.accept(leaf.key, leaf.value);
        }
      }
      case Branch<V> branch -> {
        for (Slot<V> child : branch.slots) {
          forEach(child, action);
        }
      }
    }
  }

  private static int spread(String key) {
    int hash = key.hashCode();
    return hash ^ (hash >>> 15);
  }

  private static long bit(int hash, int shift) {
    return 1L << ((hash >>> shift) & MASK);
  }

  private static int index(long bitmap, long bit) {
    return Long.bitCount(bitmap & (bit - 1));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
  private static <V> Slot<V>[] slots(int length) {
    return new Slot[length];
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
  private static <V> Leaf<V>[] leaves(int length) {
    return new Leaf[length];
  }
}
