# What went wrong, and what to do about it.

failure-nothing-heard = 今回は言葉が見つかりませんでした。
failure-nothing-heard-advice = 文字起こしとクリップは元のままです。別の言語やモデルを試してください。
