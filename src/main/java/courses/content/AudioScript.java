package courses.content;

import java.util.List;

/** A text to be read out: plain sentences in paragraphs, no marks, no speakers. */
public record AudioScript(ScriptKind kind, String script, int words, List<Integer> sourceRefs)
    implements Content {}
