package dev.langevin.tensor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips the tests of a class where LibTorch has no native library; on the platforms that have one, a failure to load is a failure. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsNatives.Condition.class)
@interface NeedsNatives {
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String platform = Loader.getPlatform();
      boolean expected =
          platform.equals("linux-x86_64")
              || platform.equals("macosx-arm64")
              || platform.equals("windows-x86_64");
      return expected || Backend.available()
          ? ConditionEvaluationResult.enabled("LibTorch is there")
          : ConditionEvaluationResult.disabled("there is no LibTorch for " + platform);
    }
  }
}
