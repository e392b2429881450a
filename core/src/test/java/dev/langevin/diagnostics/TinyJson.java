package dev.langevin.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON of objects, arrays, numbers, truth values and plain strings: enough for golden values, which core has no library for. */
public final class TinyJson {
  private final String text;
  private int at;

  private TinyJson(String text) {
    this.text = text;
  }

  /** Maps, lists, doubles, booleans and strings. */
  public static Object parse(String text) {
    return new TinyJson(text).value();
  }

  private Object value() {
    char c = peek();
    if (c == '{') {
      return object();
    }
    if (c == '[') {
      return array();
    }
    if (c == 't' || c == 'f') {
      return truth(c == 't');
    }
    return c == '"' ? string() : number();
  }

  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    while (peek() != '}') {
      String key = string();
      expect(':');
      map.put(key, value());
      skipComma();
    }
    at++;
    return map;
  }

  private List<Object> array() {
    List<Object> list = new ArrayList<>();
    at++;
    while (peek() != ']') {
      list.add(value());
      skipComma();
    }
    at++;
    return list;
  }

  private String string() {
    expect('"');
    int end = text.indexOf('"', at);
    String value = text.substring(at, end);
    at = end + 1;
    return value;
  }

  private Boolean truth(boolean value) {
    at += value ? 4 : 5;
    return value;
  }

  private Double number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Double.valueOf(text.substring(start, at));
  }

  private void skipComma() {
    if (peek() == ',') {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalStateException("expected " + c + " at " + at);
    }
    at++;
  }

  private char peek() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }
}
