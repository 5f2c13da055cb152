package courses.content;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Records of texts, numbers, truths, enumerations, lists, options, maps and records as JSON. */
final class RecordJson {
  private RecordJson() {}

  static JsonObject write(Record from) {
    JsonObject json = new JsonObject();
    for (RecordComponent component : from.getClass().getRecordComponents()) {
      Object value;
      try {
        component.getAccessor().setAccessible(true);
        value = component.getAccessor().invoke(from);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("can't read " + component, e);
      }
      Object written = value(value);
      if (written != null) {
        json.put(component.getName(), written);
      }
    }
    return json;
  }

  private static Object value(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(RecordJson::value).orElse(null);
    }
    if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(entry -> array.add(value(entry)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      new TreeMap<>(map).forEach((key, entry) -> object.put(key.toString(), value(entry)));
      return object;
    }
    if (value instanceof Enum<?> one) {
      return one.name().toLowerCase(Locale.ROOT);
    }
    return value instanceof Record record ? write(record) : value;
  }

  static <T extends Record> T read(Class<T> type, JsonObject json) {
    return read(type, json, "");
  }

  private static <T extends Record> T read(Class<T> type, JsonObject json, String path) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      values[i] = value(components[i].getGenericType(), json.getValue(name), path + "/" + name);
    }
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "at " + path + "/: " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make a " + type, e);
    }
  }

  private static Object value(Type type, Object value, String path) {
    if (type instanceof ParameterizedType generic) {
      return several(generic, value, path);
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted.isRecord() && value instanceof JsonObject object) {
      return read(wanted.asSubclass(Record.class), object, path);
    }
    if (wanted.isEnum() && value instanceof String name) {
      for (Object constant : wanted.getEnumConstants()) {
        if (((Enum<?>) constant).name().equalsIgnoreCase(name)) {
          return constant;
        }
      }
    }
    if (wanted == String.class && value instanceof String) {
      return value;
    }
    if ((wanted == int.class || wanted == Integer.class) && value instanceof Number number) {
      return number.intValue();
    }
    if ((wanted == long.class || wanted == Long.class) && value instanceof Number number) {
      return number.longValue();
    }
    if (wanted == double.class && value instanceof Number number) {
      return number.doubleValue();
    }
    if ((wanted == boolean.class || wanted == Boolean.class) && value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "at "
            + path
            + ": "
            + (value == null ? "nothing" : value.getClass().getSimpleName())
            + " where a "
            + wanted.getSimpleName()
            + " must be");
  }

  private static Object several(ParameterizedType generic, Object value, String path) {
    Type[] arguments = generic.getActualTypeArguments();
    if (generic.getRawType() == Optional.class) {
      return value == null ? Optional.empty() : Optional.of(value(arguments[0], value, path));
    }
    if (generic.getRawType() == List.class && (value == null || value instanceof JsonArray)) {
      List<Object> list = new ArrayList<>();
      JsonArray array = value == null ? new JsonArray() : (JsonArray) value;
      for (int i = 0; i < array.size(); i++) {
        list.add(value(arguments[0], array.getValue(i), path + "/" + i));
      }
      return List.copyOf(list);
    }
    if (generic.getRawType() == Map.class && (value == null || value instanceof JsonObject)) {
      Map<String, Object> map = new LinkedHashMap<>();
      JsonObject object = value == null ? new JsonObject() : (JsonObject) value;
      for (String name : object.fieldNames()) {
        map.put(name, value(arguments[1], object.getValue(name), path + "/" + name));
      }
      return Map.copyOf(map);
    }
    throw new IllegalArgumentException("at " + path + ": not a " + generic.getTypeName());
  }
}
