# How school.apkg (current form) and school-legacy.apkg were made: with Anki's own library (PyPI: anki 26.9.3), from these notes.
import os
import tempfile

from anki.collection import Collection, ExportAnkiPackageOptions

folder = tempfile.mkdtemp()
col = Collection(os.path.join(folder, "collection.anki2"))


def media(name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return col.media.add_file(path)


def add(note_type, deck, *fields, tags=()):
    note = col.new_note(col.models.by_name(note_type))
    for i, field in enumerate(fields):
        note.fields[i] = field
    note.tags = list(tags)
    col.add_note(note, col.decks.id(deck))


sound = media("kettle.mp3", b"ID3" + bytes(40))
picture = media("cup.png", b"\x89PNG\r\n\x1a\n" + bytes(40))

models = col.models
vocabulary = models.new("Vocabulary")
for field in ("ID", "Hebrew", "English", "Audio", "Example"):
    models.add_field(vocabulary, models.new_field(field))
for name, front, back in (("Read", "English", "Hebrew"), ("Write", "Hebrew", "English")):
    template = models.new_template(name)
    template["qfmt"] = "{{%s}}" % front
    template["afmt"] = "{{FrontSide}}<hr id=answer>{{%s}} {{Audio}}" % back
    models.add_template(vocabulary, template)
models.add(vocabulary)

add("Basic", "School::English::Kitchen", "kettle[sound:%s]" % sound, "קומקום", tags=["kitchen", "unit-1"])
add("Basic (and reversed card)", "School::English::Kitchen", "<b>ladle</b>", '<div dir="rtl">מצקת</div>', tags=["marked"])
add("Basic (optional reversed card)", "School::English", "oven", "תנור", "y")
add("Basic (type in the answer)", "School::English", "spoon&nbsp;&amp; fork", "כף ומזלג")
add("Cloze", "School::Sentences", "I {{c1::put::verb}} the kettle {{c2::on}}.", "שמתי את הקומקום")
add("Cloze", "School::Sentences", "We {{c1::boil {{c2::water}}}} first.", "")
add("Basic", "School::English", '<img src="%s">' % picture, "cup")
add("Basic", "School::English", "<div>line one</div><div>line two</div>", "two<br>lines")
add("Basic", "School::English", "كتاب", "a book")
add("Vocabulary", "School::English", "7", "מחבת", "frying pan", "[sound:%s]" % sound, "The pan is hot.")

for name, legacy in (("school-legacy.apkg", True), ("school.apkg", False)):
    col.export_anki_package(
        out_path=os.path.abspath(name),
        limit=None,
        options=ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy),
    )
