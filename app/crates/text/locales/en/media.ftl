# What is wrong with a file that cannot be read or written, and what to do about it.

media-both = { $first } { $second }
# In the place of the name of one.
media-codec-unknown = unknown codec

# Kinds of files that are known and not read
media-foreign-avi = This is an AVI video.
media-foreign-flv = This is an FLV (Flash) video.
media-foreign-mpeg-ts = This is an MPEG-TS (transport stream) recording.
media-foreign-m2ts = This is an MPEG-TS (M2TS camcorder or Blu-ray) recording.
media-foreign-mpeg-ps = This is an MPEG program stream (MPG or VOB).
media-foreign-mpeg-video = This is a bare MPEG video stream.
media-foreign-windows-media = This is a Windows Media (WMV or WMA) file.
media-foreign-real-media = This is a RealMedia file.
media-foreign-ivf = This is an IVF video.
media-foreign-amr = This is an AMR voice recording.
media-foreign-silk = This is a SILK voice recording.
media-foreign-monkeys-audio = This is a Monkey's Audio file.
media-foreign-wavpack = This is a WavPack file.
media-foreign-au = This is an AU sound file.
media-foreign-ac3 = This is a bare AC-3 (Dolby Digital) stream.
media-foreign-dts = This is a bare DTS stream.
media-foreign-zip = This is a ZIP archive (or an office document).
media-foreign-rar = This is a RAR archive.
media-foreign-7z = This is a 7-Zip archive.
media-foreign-gzip = This is a gzip archive.
media-foreign-midi = This is a MIDI file, which holds notes and no sound.
media-foreign-webp = This is a WebP picture.
media-foreign-png = This is a PNG picture.
media-foreign-jpeg = This is a JPEG picture.
media-foreign-gif = This is a GIF animation, which has no sound.
media-foreign-heif = This is a picture (HEIC or AVIF).
media-foreign-pdf = This is a PDF document.
media-foreign-windows-program = This is a Windows program.
media-foreign-program = This is a program.
media-foreign-database = This is a database.
media-foreign-web-page = This is a web page, not a recording.
media-foreign-text = This is a text file, not a recording.
media-unrecognized = The file's kind is not recognized: it may be damaged, encrypted, or no recording at all.

# What can be done about them
media-advice-read-here = Incut reads MP4, MOV, WebM and MKV video and MP3, M4A, WAV, FLAC, Ogg, AAC, AIFF and CAF sound.
media-advice-to-mp4 = Convert it to MP4 first, for example with HandBrake or `ffmpeg -i input output.mp4`.
media-advice-to-mp3 = Convert it to MP3 or WAV first, for example with `ffmpeg -i input output.mp3`.
media-advice-unpack = Unpack it and choose the recording inside.
media-advice-recording = Choose a recording instead.
media-advice-fetch = The download may have failed; fetch the recording again.

# Recordings of a kind that is not read
media-other-document = The file is an EBML document of kind "{ $kind }", not a video.
media-nothing-played = The file holds neither picture nor sound, only other kinds of tracks.
media-protected = The recording is protected (DRM): its picture or sound is encrypted, so it cannot be opened here.
media-compressed-index = The MOV has a compressed index, a form from the 1990s that is not read.
media-compressed-frames = The MKV compresses its frames once more, which is not read.
media-wav-coding = The WAV file's sound is coded as { $coding } (format { $tag }), which is not read.
media-wav-bits = The WAV file's sound has an unusual number of bits (format { $tag }), which is not read.
media-wav-unknown = The WAV file's sound is coded in a way that is not known here (format { $tag }).
media-aiff-coding = The AIFF file's sound is compressed as "{ $coding }" with { $bits } bits, which is not read.
media-caf-coding = The CAF file's sound is coded as "{ $coding }", which is read only inside M4A.
media-undecodable = The sound is { $codec }, which cannot be decoded here.
media-undecodable-unknown = The sound is of an unknown kind, which cannot be decoded here.
media-sample-rates = Sound at { $from } samples a second cannot be converted to { $to }.
media-no-such-track = The file has no track { $track }.

# Damaged files
media-no-bytes = The file is empty: it holds no bytes at all.
media-few-bytes = The file is only a few bytes long, too short for any medium.
media-tag-too-large = The file begins with an ID3 tag that claims to be larger than the whole file, and no sound follows.
media-no-description = The { $format } file does not say how its sound is stored: it is damaged or was cut off.
media-impossible-sound = The { $format } header claims { $channels } channels at { $rate } Hz, which cannot be.
media-impossible-sample-size = The { $format } header gives samples an impossible size.
media-no-sample-rate = The { $format } file gives its sound no sample rate.
media-no-sound = The { $format } file holds no sound.
media-sound-missing = The { $format } file has a header and no sound behind it: it was cut off or never written.
media-not-as-named = The file is named or tagged like { $format } but holds no { $format } sound that can be read.
media-no-known-stream = The Ogg file begins with no stream that is known.
media-index-too-large = The index of the recording is damaged: it claims to be larger than any can be.
media-index-cut = The index of the recording is cut off, so nothing of it can be found.
media-index-damaged = The index of the recording is damaged: it describes no track that makes sense.
media-index-unreadable = The index of the recording could not be read.
media-fragment = This is a piece of a fragmented MP4 without its header (no moov box), so nothing says how to play it.
media-no-index = The MP4 has picture or sound data but no index (no moov box): the recording was cut off before it was finished, or only part of it was copied.
media-no-recording = The file is laid out like an MP4 but holds no recording (no moov box).
media-header-damaged = The header of the WebM or MKV file is damaged.
media-no-tracks = The file has no tracks: the recording was probably cut off or never finished.
media-recording-missing = The file describes a recording, but nothing of it is there: it was cut off.
media-no-length = The recording has no length: it was probably never finished.
media-no-such-description = The sound names a description that the file does not have.
media-damaged-sound = The sound at { $at } s is damaged.
media-nothing-decoded = { $packets ->
    [one] The only piece of sound ({ $codec }) could not be decoded: the file is damaged.
   *[other] None of the { $packets } pieces of sound ({ $codec }) could be decoded: the file is damaged.
}
media-no-room = There is no room left to write the file.
media-io = The file could not be read or written ({ $detail }).
media-no-sound-track = The recording has no sound track.
media-no-such-sound-track = The recording has no such sound track.

# What can be done about these
media-advice-other-file = Choose another file, or convert this one to MP4.
media-advice-unprotected = Choose an unprotected copy.
media-advice-as-mp4 = Export it again as MP4.
media-advice-remux = Remux it, for example with `ffmpeg -i input -c copy output.mkv`.
media-advice-plain-wav = Convert it to plain WAV or MP3, for example with `ffmpeg -i input output.wav`.
media-advice-wav = Convert it to WAV first.
media-advice-m4a = Convert it to M4A or WAV first.
media-advice-codecs = Convert it to AAC, MP3, FLAC or WAV first.
media-advice-rates = Export it at 44100 or 48000 Hz.
media-advice-open-again = Open the file again.
media-advice-download = Copy or download the file again.
media-advice-export = Copy or export the file again.
media-advice-export-sound = Export the sound again.
media-advice-complete = Choose the complete file.
media-advice-camera = Copy it again from the camera or phone.
media-advice-room = Free some disk space, then try again.
media-advice-moved = If it was moved, changed or unplugged, choose it again.
media-advice-with-sound = Choose a recording with sound.
media-advice-other-track = Choose another sound track.

# Clips that cannot be written
media-nothing-encoded = The export holds neither picture nor sound: nothing was encoded.
media-no-track-wanted = An export needs a picture or a sound track.
media-no-picture-track = The file being written has no picture track.
media-no-audio-track = The file being written has no sound track.
media-form = The size of the picture or the form of the sound cannot be written to an MP4.
media-packet-too-large = A packet is larger than an MP4 can hold.
media-order = The encoder gave pictures out of order, or two with the same time.
media-video-config = The encoder gave no usable H.264 configuration ({ $detail }), so the file would not play.
media-audio-config = The encoder gave no AAC configuration, so the sound would not play.
media-index-unwritten = The MP4's index could not be written ({ $detail }).
media-advice-export-clip = Export the clip again. If that does not help, reload the page; your transcript is kept.
