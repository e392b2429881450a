package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  static List<int[]> rowShapes() {
    return List.of(
        new int[] {1},
        new int[] {2},
        new int[] {64},
        new int[] {1, 8, 8},
        new int[] {1, 28, 28},
        new int[] {3, 32, 32},
        new int[] {2, 7, 5},
        new int[] {1, 6, 10},
        new int[] {3, 64, 48});
  }

  static List<Architecture> architectures() {
    return List.of(Samples.SMALL_UNET, Samples.SMALL_MLP);
  }

  @ParameterizedTest
  @MethodSource("rowShapes")
  void thereIsAFittingNetworkForEveryShape(int[] rowShape) {
    Architecture fitting = Architecture.fitting(rowShape);
    assertThat(fitting.rowShape()).isEqualTo(rowShape);
    assertThat(fitting.parameters()).isBetween(10_000L, 20_000_000L);
    assertThat(fitting.weightNames()).doesNotHaveDuplicates();
    assertThat(Architecture.fromMap(fitting.toMap())).isEqualTo(fitting);
  }

  @Test
  void shapesOfTwoOrFourAxesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.fitting(new int[] {8, 8}))
        .withMessageContaining("[8, 8]");
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aMapMadeByAJsonReaderGivesTheSameArchitecture(Architecture architecture) {
    Map<String, Object> map = new LinkedHashMap<>(architecture.toMap());
    map.replaceAll(
        (key, value) -> value instanceof Integer number ? BigInteger.valueOf(number) : value);
    assertThat(Architecture.fromMap(map)).isEqualTo(architecture).hasSameHashCodeAs(architecture);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void missingAndUnknownSettingsAreErrors(Architecture architecture) {
    Map<String, Object> less = new LinkedHashMap<>(architecture.toMap());
    less.remove("dropout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.fromMap(less))
        .withMessage("architecture.dropout is missing");
    Map<String, Object> more = new LinkedHashMap<>(architecture.toMap());
    more.put("heads", 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.fromMap(more))
        .withMessageContaining("heads");
    Map<String, Object> wrong = new LinkedHashMap<>(architecture.toMap());
    wrong.put("dropout", "much");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.fromMap(wrong))
        .withMessageContaining("dropout")
        .withMessageContaining("much");
  }

  @Test
  void namesFollowTheConventionOfDiffusers() {
    assertThat(Samples.SMALL_UNET.weightNames())
        .contains(
            "conv_in.weight",
            "time_embedding.linear_1.bias",
            "down_blocks.0.resnets.0.conv1.weight",
            "down_blocks.0.downsamplers.0.conv.weight",
            "mid_block.attentions.0.to_out.0.weight",
            "up_blocks.1.resnets.1.conv_shortcut.weight",
            "up_blocks.0.upsamplers.0.conv.bias",
            "conv_norm_out.weight",
            "conv_out.bias");
  }

  @Test
  void anotherWidthLeavesTheRest() {
    UNet wider = Samples.SMALL_UNET.withWidth(16);
    assertThat(wider.baseChannels()).isEqualTo(16);
    assertThat(wider.withWidth(8)).isEqualTo(Samples.SMALL_UNET);
    assertThat(Samples.SMALL_MLP.withWidth(32)).isEqualTo(new Mlp(3, 32, 2, 0.2));
  }

  @Test
  void sizesThatCannotBeHalvedOrCutIntoPatchesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UNet(1, 10, 8, 1, 8, new int[] {1, 2, 2}, 1, false, 0))
        .withMessageContaining("divisible by 4")
        .withMessageContaining("10×8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UNet(1, 9, 9, 2, 8, new int[] {1}, 1, false, 0))
        .withMessageContaining("divisible by 2");
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UNet(1, 8, 8, 1, 7, new int[] {1}, 1, false, 0))
        .withMessageContaining("baseChannels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UNet(1, 8, 8, 1, 8, new int[] {0}, 1, false, 0))
        .withMessageContaining("multipliers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UNet(1, 8, 8, 1, 8, new int[] {1}, 1, false, 1))
        .withMessageContaining("dropout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mlp(0, 8, 1, 0))
        .withMessageContaining("dimension");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mlp(2, 9, 1, 0))
        .withMessageContaining("width");
  }

  @Test
  void groupsDivideTheChannels() {
    for (int channels = 1; channels <= 600; channels++) {
      int groups = GroupNorm.groups(channels);
      assertThat(channels % groups).isZero();
      assertThat(groups).isBetween(1, 32);
    }
    assertThat(GroupNorm.groups(64)).isEqualTo(16);
    assertThat(GroupNorm.groups(256)).isEqualTo(32);
  }
}
