# Which sound track of a file is listened to, where it has several.

tracks-count = 音声トラック{ $count }本
tracks-which = 文字起こしと書き出しに使うトラック
tracks-all = すべて合わせて
tracks-cannot-be-read = ここでは読み込めません
tracks-moments = それぞれを少し聞く
tracks-play-moment = トラック{ $number }を少し聞く
tracks-stop-moment = トラック{ $number }の再生を止める
tracks-silent = トラック{ $number }は最初の2分間が無音です。
tracks-failed = トラック{ $number }：{ $why }
