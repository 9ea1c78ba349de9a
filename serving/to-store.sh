#!/bin/sh
# 把发布目录同步到 S3 兼容的对象存储：sh to-store.sh 发布目录 目标，目标是 rclone 的写法，例如 store:jianbao。
# 对象存储没有符号链接：latest 是最新一版的副本，不能一下子切换，传的几分钟里读者可能看到新旧两版的页面（检索不会混：
# latest 下的页面从该版自己的地址读检索数据）。次序同 to-servers.sh；中途断了，重做一遍即可。
set -eu
folder=${1:?发布目录}
target=${2:?目标}
[ -L "$folder/latest" ] || { echo "$folder：不是发布目录（没有 latest）" >&2; exit 1; }
forever='Cache-Control: public, max-age=31536000, immutable'
revalidate='Cache-Control: no-cache'
# 原件是外来文件，只供下载，不在浏览器中打开。
download='Content-Disposition: attachment'

rclone copy "$folder" "$target" --checksum --header-upload "$forever" \
    --filter '- /*/originals/**' --filter '+ /[0-9]*/**' --filter '- *'
rclone copy "$folder" "$target" --checksum --header-upload "$forever" --header-upload "$download" \
    --include '/[0-9]*/originals/**'
rclone sync "$folder/latest/" "$target/latest" --checksum --header-upload "$revalidate" --exclude '/originals/**'
if [ -d "$folder/latest/originals" ]; then
    rclone sync "$folder/latest/originals/" "$target/latest/originals" --checksum \
        --header-upload "$revalidate" --header-upload "$download"
else
    rclone delete "$target/latest/originals" 2>/dev/null || true
fi
rclone copy "$folder" "$target" --checksum --header-upload "$revalidate" \
    --filter '+ /*.{html,js,json,atom}' --filter '- *'
# 已撤下的版。
rclone lsf --dirs-only "$target" | while read -r name; do
    case $name in
        [0-9]*/) [ -d "$folder/$name" ] || rclone purge "$target/$name" ;;
    esac
done
