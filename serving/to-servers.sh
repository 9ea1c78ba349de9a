#!/bin/sh
# 把发布目录同步到一台或几台服务器：sh to-servers.sh 发布目录 目标 [目标 …]，目标是 rsync 的写法，例如 web1:/srv/jianbao。
# 先各版（谁也还不指向新的一版），再根目录的文件，最后才切换 latest；中途断了，读者看到的是完整的旧版，重做一遍即可。
# 修改时间和硬链接都保留：服务器靠修改时间判断一页变没变，各版相同的文件只占一份空间。
set -eu
folder=${1:?发布目录}
shift
[ -L "$folder/latest" ] || { echo "$folder：不是发布目录（没有 latest）" >&2; exit 1; }
for target in "$@"; do
    rsync -aH --include='/[0-9]*/' --exclude='/*' "$folder/" "$target/"
    rsync -a --exclude='/.jianbao' --exclude='/latest' --exclude='/[0-9]*/' "$folder/" "$target/"
    rsync -a --include='/latest' --exclude='/*' "$folder/" "$target/"
    # 已撤下的版；这一步只删不传。
    rsync -r --delete --existing --ignore-existing --exclude='/.jianbao' "$folder/" "$target/"
done
