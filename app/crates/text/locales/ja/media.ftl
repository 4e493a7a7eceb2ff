# What is wrong with a file that cannot be read or written, and what to do about it.

media-both = { $first }{ $second }
# In the place of the name of one.
media-codec-unknown = 不明なコーデック

# Kinds of files that are known and not read
media-foreign-avi = これはAVI動画です。
media-foreign-flv = これはFLV（Flash）動画です。
media-foreign-mpeg-ts = これはMPEG-TS（トランスポートストリーム）の録画です。
media-foreign-m2ts = これはMPEG-TS（ビデオカメラやBlu-rayのM2TS）の録画です。
media-foreign-mpeg-ps = これはMPEGプログラムストリーム（MPGまたはVOB）です。
media-foreign-mpeg-video = これはコンテナのないMPEG映像ストリームです。
media-foreign-windows-media = これはWindows Media（WMVまたはWMA）のファイルです。
media-foreign-real-media = これはRealMediaのファイルです。
media-foreign-ivf = これはIVF動画です。
media-foreign-amr = これはAMR形式の音声録音です。
media-foreign-silk = これはSILK形式の音声録音です。
media-foreign-monkeys-audio = これはMonkey’s Audioのファイルです。
media-foreign-wavpack = これはWavPackのファイルです。
media-foreign-au = これはAU形式の音声ファイルです。
media-foreign-ac3 = これはコンテナのないAC-3（Dolby Digital）ストリームです。
media-foreign-dts = これはコンテナのないDTSストリームです。
media-foreign-zip = これはZIPアーカイブ（またはOffice文書）です。
media-foreign-rar = これはRARアーカイブです。
media-foreign-7z = これは7-Zipアーカイブです。
media-foreign-gzip = これはgzipアーカイブです。
media-foreign-midi = これはMIDIファイルです。音符だけで、音声は入っていません。
media-foreign-webp = これはWebP画像です。
media-foreign-png = これはPNG画像です。
media-foreign-jpeg = これはJPEG画像です。
media-foreign-gif = これはGIFアニメーションです。音声はありません。
media-foreign-heif = これは画像（HEICまたはAVIF）です。
media-foreign-pdf = これはPDF文書です。
media-foreign-windows-program = これはWindowsのプログラムです。
media-foreign-program = これはプログラムです。
media-foreign-database = これはデータベースです。
media-foreign-web-page = これはウェブページで、録画や録音ではありません。
media-foreign-text = これはテキストファイルで、録画や録音ではありません。
media-unrecognized = ファイルの種類がわかりません。破損しているか、暗号化されているか、録画や録音ではない可能性があります。

# What can be done about them
media-advice-read-here = Incutで開けるのは、MP4、MOV、WebM、MKVの動画と、MP3、M4A、WAV、FLAC、Ogg、AAC、AIFF、CAFの音声です。
media-advice-to-mp4 = 先にMP4に変換してください（例：HandBrake、または`ffmpeg -i input output.mp4`）。
media-advice-to-mp3 = 先にMP3かWAVに変換してください（例：`ffmpeg -i input output.mp3`）。
media-advice-unpack = 展開して、中の録画や録音を選んでください。
media-advice-recording = 録画か録音のファイルを選んでください。
media-advice-fetch = ダウンロードに失敗したのかもしれません。もう一度ダウンロードしてください。

# Recordings of a kind that is not read
media-other-document = このファイルは「{ $kind }」という種類のEBML文書で、動画ではありません。
media-nothing-played = このファイルには映像も音声もなく、ほかの種類のトラックしかありません。
media-protected = この録画は保護されています（DRM）。映像または音声が暗号化されているため、ここでは開けません。
media-compressed-index = このMOVのインデックスは圧縮されています。1990年代の形式で、読み込めません。
media-compressed-frames = このMKVはフレームをさらに圧縮しているため、読み込めません。
media-wav-coding = このWAVファイルの音声は{ $coding }（形式{ $tag }）で、読み込めません。
media-wav-bits = このWAVファイルの音声は特殊なビット数（形式{ $tag }）で、読み込めません。
media-wav-unknown = このWAVファイルの音声は未知の形式（{ $tag }）です。
media-aiff-coding = このAIFFファイルの音声は「{ $coding }」（{ $bits }ビット）で圧縮されていて、読み込めません。
media-caf-coding = このCAFファイルの音声は「{ $coding }」形式です。この形式はM4Aの中にある場合だけ読み込めます。
media-undecodable = 音声が{ $codec }のため、ここではデコードできません。
media-undecodable-unknown = 音声が未知の形式のため、ここではデコードできません。
media-sample-rates = 毎秒{ $from }サンプルの音声は{ $to }に変換できません。
media-no-such-track = このファイルにトラック{ $track }はありません。

# Damaged files
media-no-bytes = ファイルが空です。データが1バイトもありません。
media-few-bytes = ファイルが数バイトしかなく、録画や録音としては短すぎます。
media-tag-too-large = ファイル先頭のID3タグが示すサイズがファイル全体より大きく、その後に音声もありません。
media-no-description = この{ $format }ファイルには音声の形式が書かれていません。破損しているか、途中で切れています。
media-impossible-sound = この{ $format }ファイルのヘッダーには{ $channels }チャンネル、{ $rate } Hzとありますが、ありえない値です。
media-impossible-sample-size = この{ $format }ファイルのヘッダーにあるサンプルサイズは、ありえない値です。
media-no-sample-rate = この{ $format }ファイルには音声のサンプルレートがありません。
media-no-sound = この{ $format }ファイルには音声がありません。
media-sound-missing = この{ $format }ファイルにはヘッダーだけがあり、音声がありません。途中で切れたか、書き込まれませんでした。
media-not-as-named = このファイルは{ $format }のように見えますが、読み込める{ $format }の音声がありません。
media-no-known-stream = このOggファイルの先頭には、対応しているストリームがありません。
media-index-too-large = 録画のインデックスが破損しています。示されたサイズがありえない大きさです。
media-index-cut = 録画のインデックスが途中で切れていて、内容を見つけられません。
media-index-damaged = 録画のインデックスが破損しています。意味のあるトラックが書かれていません。
media-index-unreadable = 録画のインデックスを読み込めませんでした。
media-fragment = これは断片化されたMP4の一部で、ヘッダー（moovボックス）がないため、再生方法がわかりません。
media-no-index = このMP4には映像や音声のデータはありますが、インデックス（moovボックス）がありません。録画が終わる前に切れたか、一部だけがコピーされています。
media-no-recording = このファイルはMP4の構造ですが、録画（moovボックス）が入っていません。
media-header-damaged = WebMまたはMKVファイルのヘッダーが破損しています。
media-no-tracks = このファイルにはトラックがありません。録画が途中で切れたか、完了しなかったようです。
media-recording-missing = 録画の情報はありますが、中身がありません。途中で切れています。
media-no-length = 録画の長さがありません。完了しなかったようです。
media-no-such-description = 音声が参照している情報がファイルにありません。
media-damaged-sound = { $at }秒の音声が破損しています。
media-nothing-decoded = { $packets }個の音声データ（{ $codec }）を1つもデコードできませんでした。ファイルが破損しています。
media-no-room = ファイルを書き込む空き容量がありません。
media-io = ファイルを読み書きできませんでした（{ $detail }）。
media-no-sound-track = この録画には音声トラックがありません。
media-no-such-sound-track = この録画にその音声トラックはありません。

# What can be done about these
media-advice-other-file = 別のファイルを選ぶか、このファイルをMP4に変換してください。
media-advice-unprotected = 保護されていないコピーを選んでください。
media-advice-as-mp4 = MP4としてもう一度書き出してください。
media-advice-remux = コンテナを作り直してください（例：`ffmpeg -i input -c copy output.mkv`）。
media-advice-plain-wav = 通常のWAVかMP3に変換してください（例：`ffmpeg -i input output.wav`）。
media-advice-wav = 先にWAVに変換してください。
media-advice-m4a = 先にM4AかWAVに変換してください。
media-advice-codecs = 先にAAC、MP3、FLAC、WAVのいずれかに変換してください。
media-advice-rates = 44100 Hzか48000 Hzで書き出してください。
media-advice-open-again = ファイルをもう一度開いてください。
media-advice-download = ファイルをもう一度コピーするか、ダウンロードし直してください。
media-advice-export = ファイルをもう一度コピーするか、書き出し直してください。
media-advice-export-sound = 音声をもう一度書き出してください。
media-advice-complete = 完全なファイルを選んでください。
media-advice-camera = カメラやスマートフォンからもう一度コピーしてください。
media-advice-room = ディスクの空き容量を増やして、もう一度試してください。
media-advice-moved = ファイルが移動、変更、または取り外された場合は、もう一度選んでください。
media-advice-with-sound = 音声のあるファイルを選んでください。
media-advice-other-track = 別の音声トラックを選んでください。

# Clips that cannot be written
media-nothing-encoded = 書き出しに映像も音声もありません。何もエンコードされませんでした。
media-no-track-wanted = 書き出しには映像か音声のトラックが必要です。
media-no-picture-track = 書き込み中のファイルに映像トラックがありません。
media-no-audio-track = 書き込み中のファイルに音声トラックがありません。
media-form = この映像サイズまたは音声形式はMP4に書き込めません。
media-packet-too-large = パケットが大きすぎて、MP4に入りません。
media-order = エンコーダーの映像の順番が正しくないか、同じ時刻のものが2つありました。
media-video-config = エンコーダーから使えるH.264の設定が得られず（{ $detail }）、ファイルを再生できません。
media-audio-config = エンコーダーからAACの設定が得られず、音声を再生できません。
media-index-unwritten = MP4のインデックスを書き込めませんでした（{ $detail }）。
media-advice-export-clip = クリップをもう一度書き出してください。解決しない場合は、ページを再読み込みしてください。文字起こしは残ります。
