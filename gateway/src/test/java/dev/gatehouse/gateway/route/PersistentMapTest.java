package dev.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistentMapTest {

  @Test
  void behavesAsAHashMapUnderRandomChanges() {
    Random random = new Random(42);
    Map<String, Integer> expected = new HashMap<>();
    PersistentMap<Integer> map = PersistentMap.empty();
    for (int i = 0; i < 200_000; i++) {
      String key = "k" + random.nextInt(5_000);
      if (random.nextInt(3) == 0) {
        expected.remove(key);
        map = map.without(key);
      } else {
        expected.put(key, i);
        map = map.with(key, i);
      }
    }
    assertThat(map.size()).isEqualTo(expected.size());
    for (int i = 0; i < 5_000; i++) {
      assertThat(map.get("k" + i)).isEqualTo(expected.get("k" + i));
    }
    List<Integer> values = new ArrayList<>();
    map.forEachValue(values::add);
    assertThat(values).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  @Test
  void keysOfOneHashStandSideBySide() {
    String[] same = {
      "AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa", "BBAaBB", "BBBBAa", "BBBBBB"
    };
    PersistentMap<String> map = PersistentMap.empty();
    for (String key : same) {
      assertThat(key.hashCode()).isEqualTo(same[0].hashCode());
      map = map.with(key, key).with(key, key);
    }
    assertThat(map.size()).isEqualTo(same.length);
    for (String key : same) {
      assertThat(map.get(key)).isEqualTo(key);
      map = map.without(key);
      assertThat(map.get(key)).isNull();
    }
    assertThat(map.size()).isZero();
  }

  @Test
  void aChangedCopyLeavesTheOriginalAsItWas() {
    PersistentMap<Integer> one = PersistentMap.<Integer>empty().with("a", 1);
    PersistentMap<Integer> two = one.with("a", 2).with("b", 3);
    assertThat(one.get("a")).isEqualTo(1);
    assertThat(one.get("b")).isNull();
    assertThat(two.without("a").get("b")).isEqualTo(3);
    assertThat(two.get("a")).isEqualTo(2);
  }
}
